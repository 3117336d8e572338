package callsaddedprivatemethodsofjava;

class Work {
    private int factor;
    private static int count = 1;
    Work(int factor) { this.factor = factor; }
    int times(int n) { return n * factor + new Part().hidden(n); }
    private int secret(int n) { return n + 100; }
    private static int more(int n) { return n + 1000; }
    class Part {
        private int own = 7;
        String go() { factor += 2; return "part " + factor + own + secret(1) + more(2) + count; }
        private int hidden(int n) { return own + n; }
    }
}
