package usesanewtoplevelclassandanewinnerclass;

public class Main {
    public static void run(StringBuilder trace) { trace.append(new Work(3).show(2)).append('\n'); }
}
