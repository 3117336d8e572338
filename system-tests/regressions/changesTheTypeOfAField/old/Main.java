package changesthetypeofafield;

public class Main {
    public static void run(StringBuilder trace) {
        Work w = new Work();
        w.add(3); w.add(4);
        trace.append(w.show()).append('\n');
    }
}
