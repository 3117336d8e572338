package insertsasuperclasswithoutstate;

public class Main {
    public static void run(StringBuilder trace) {
        for (Work w : new Work[] {new Work("a"), new Sub()}) {
            trace.append(w.greet()).append(w.cost(3)).append('\n');
        }
    }
    public static Object hold() { return new Work[] {new Work("held"), new Sub()}; }
    public static void use(Object held, StringBuilder trace) {
        for (Work w : (Work[]) held) { trace.append(w.name()).append('=').append(w.greet()).append('\n'); }
    }
}
