package takesachangedbody;

class Work {
    private final int factor;
    Work(int factor) { this.factor = factor; }
    int times(int n) { return n * factor; }
    static String twice(int n) { return "two " + n; }
}
