package callsaddedprivatemethodsofjava;

public class Main {
    public static void run(StringBuilder trace) {
        Work work = new Work(3);
        trace.append(work.times(4)).append('\n').append(work.new Part().go()).append('\n');
    }
}
