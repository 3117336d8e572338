package callsanaddedstaticmethodofanotherclass;

public class Main {
    public static void run(StringBuilder trace) {
        trace.append(Work.plain("a")).append(Work.join("-", "b", "c")).append('\n');
        java.util.function.BinaryOperator<String> op = Work::join2;
        trace.append(op.apply("x", "y")).append('\n');
    }
}
