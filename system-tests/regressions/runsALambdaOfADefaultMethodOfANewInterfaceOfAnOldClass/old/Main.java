package runsalambda;

public class Main {
    public static void run(StringBuilder trace) { trace.append(new Thing().name()).append('\n'); }
}
