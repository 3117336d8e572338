package turnsaclassintoaninterface;

public class Main {
    public static void run(StringBuilder trace) {
        Work work = new Work();
        for (int i = 0; i < 3; i++) { work.fill(i); trace.append(work.get(i)).append('\n'); }
    }
    public static Object hold() { Work work = new Work(); work.fill(1); return work; }
    public static void use(Object held, StringBuilder trace) {
        Work work = (Work) held;
        work.fill(2);
        trace.append("filled after=").append(work.get(2)).append('\n');
    }
}
