package addsaconstructorthatdelegates;

class Work {
    private final int n; private final String s;
    Work(int n, String s) { this.n = n; this.s = s; }
    Work(String s) { this(s.length() * 10, s + "!"); }
    String show() { return n + s; }
}
