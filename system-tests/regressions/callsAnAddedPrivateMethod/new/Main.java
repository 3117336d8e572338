package callsanaddedprivatemethod;

public class Main {
    public static void run(StringBuilder trace) {
        Work work = new Work(3);
        trace.append(work.times(4)).append('\n').append(work.times(5)).append('\n').append(work).append('\n');
    }
}
