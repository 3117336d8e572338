package makesafieldstaticandamethodnotstatic;

public class Main {
    public static void run(StringBuilder trace) {
        Work.reset();
        trace.append(new Work().next()).append(new Work().next()).append('\n');
    }
}
