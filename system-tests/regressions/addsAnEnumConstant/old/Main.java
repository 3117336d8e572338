package addsanenumconstant;

public class Main {
    public static void run(StringBuilder trace) {
        trace.append(Color.valueOf("BLUE")).append('\n');
        for (Color c : Color.values()) { trace.append(c).append(c.ordinal()).append('\n'); }
    }
}
