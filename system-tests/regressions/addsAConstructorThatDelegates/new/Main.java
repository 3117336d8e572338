package addsaconstructorthatdelegates;

public class Main {
    public static void run(StringBuilder trace) {
        trace.append(new Work(1, "x").show()).append(new Work("y").show()).append('\n');
        java.util.function.Function<String, Work> maker = Work::new;
        trace.append(maker.apply("made").show()).append('\n');
    }
}
