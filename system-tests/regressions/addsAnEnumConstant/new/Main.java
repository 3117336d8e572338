package addsanenumconstant;

public class Main {
    public static void run(StringBuilder trace) {
        for (Color c : Color.values()) { trace.append(c).append(c.ordinal()).append('\n'); }
    }
}
