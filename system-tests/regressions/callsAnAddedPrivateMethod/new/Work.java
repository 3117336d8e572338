package callsanaddedprivatemethod;

class Work {
    private int factor;
    Work(int factor) { this.factor = factor; }
    int times(int n) { return grown(n, 1L) * factor; }
    private int grown(int n, long by) { factor++; return (int) (n + by + name().length()); }
    private String name() { return "work"; }
    @Override public String toString() { return name() + factor + grown(1, 2L); }
}
