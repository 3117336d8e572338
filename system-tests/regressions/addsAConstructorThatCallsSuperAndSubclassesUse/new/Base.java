package addsaconstructorthatcallssuperandsubclassesuse;

class Base extends Root {
    private final int n;
    private String extra = "init";
    Base(int n) { super("int"); this.n = n; }
    Base(String s, long l) { super(s + l); this.n = (int) l + s.length(); extra += s; }
    String show() { return log + n + extra; }
}
