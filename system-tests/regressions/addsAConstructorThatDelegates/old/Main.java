package addsaconstructorthatdelegates;

public class Main {
    public static void run(StringBuilder trace) { trace.append(new Work(1, "x").show()).append('\n'); }
}
