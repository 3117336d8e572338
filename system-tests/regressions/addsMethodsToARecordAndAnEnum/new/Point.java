package addsmethodstoarecordandanenum;

record Point(int x, String s) {
    static final Point ZERO = new Point(0, "zero");
    Point(int x) { this(x, "only" + x); }
    int twice() { return 2 * x + shift(); }
    private int shift() { return s.length(); }
    Point moved(int by) { return new Point(x + by, s); }
}
