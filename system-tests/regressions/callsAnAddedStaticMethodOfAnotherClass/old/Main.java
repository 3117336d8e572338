package callsanaddedstaticmethodofanotherclass;

public class Main {
    public static void run(StringBuilder trace) {
        trace.append(Work.plain("a")).append('\n');
    }
}
