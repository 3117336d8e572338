package addsavirtualmethodwithanenumswitch;

public class Main {
    public static void run(StringBuilder trace) { for (Work w : new Work[] {new Work(), new Sub()}) { trace.append(w.go(3)).append('\n'); } }
}
