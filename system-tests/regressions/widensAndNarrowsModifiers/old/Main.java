package widensandnarrowsmodifiers;

public class Main {
    public static void run(StringBuilder trace) { trace.append(new Work().go(1)).append('\n'); }
}
