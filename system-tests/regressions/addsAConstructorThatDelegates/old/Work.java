package addsaconstructorthatdelegates;

class Work {
    private final int n; private final String s;
    Work(int n, String s) { this.n = n; this.s = s; }
    String show() { return n + s; }
}
