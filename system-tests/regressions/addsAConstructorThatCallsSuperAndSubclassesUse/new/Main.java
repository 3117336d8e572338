package addsaconstructorthatcallssuperandsubclassesuse;

public class Main {
    public static void run(StringBuilder trace) {
        trace.append(new Leaf(1).show()).append(new Base(2).show()).append(new Base("q", 3L).show());
        trace.append(new Leaf("leaf").show()).append('\n');
    }
}
