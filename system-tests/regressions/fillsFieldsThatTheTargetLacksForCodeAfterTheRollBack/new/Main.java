package fillsfields;

public class Main {
    public static void run(StringBuilder trace) {
        for (Level level : Level.values()) { trace.append(level.show()).append('\n'); }
    }
    public static Object hold() { return new Store(); }
    public static void use(Object held, StringBuilder trace) { trace.append("store=").append(((Store) held).show()).append('\n'); }
}
