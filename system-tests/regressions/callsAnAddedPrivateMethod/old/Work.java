package callsanaddedprivatemethod;

class Work {
    private int factor;
    Work(int factor) { this.factor = factor; }
    int times(int n) { return n * factor; }
    private String name() { return "work"; }
    @Override public String toString() { return name() + factor; }
}
