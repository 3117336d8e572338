package takesachangedbody;

public class Main {
    public static void run(StringBuilder trace) {
        trace.append(new Work(3).times(4)).append('\n').append(Work.twice(5)).append('\n');
    }
}
