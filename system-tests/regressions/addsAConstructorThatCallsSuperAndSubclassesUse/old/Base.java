package addsaconstructorthatcallssuperandsubclassesuse;

class Base extends Root {
    private final int n;
    private String extra = "init";
    Base(int n) { super("int"); this.n = n; }
    String show() { return log + n + extra; }
}
