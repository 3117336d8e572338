package takesachangedbody;

class Work {
    private final int factor;
    Work(int factor) { this.factor = factor; }
    int times(int n) { return n * factor + 1; }
    static String twice(int n) { return "twice " + 2 * n; }
}
