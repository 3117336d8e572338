package addsaconstructorthatsetsanaddedfieldandcallsanaddedmethodwhichcapturesthisinalambda;

public class Main {
    public static void run(StringBuilder trace) {
        trace.append(new Work(1).show(3)).append(new Work("ab", 2).show(4)).append(new Sub("z").show(5)).append('\n');
    }
}
