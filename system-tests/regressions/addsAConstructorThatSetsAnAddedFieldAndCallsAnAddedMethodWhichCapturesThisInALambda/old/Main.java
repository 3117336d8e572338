package addsaconstructorthatsetsanaddedfieldandcallsanaddedmethodwhichcapturesthisinalambda;

public class Main {
    public static void run(StringBuilder trace) { trace.append(new Work(1).show(3)).append('\n'); }
}
