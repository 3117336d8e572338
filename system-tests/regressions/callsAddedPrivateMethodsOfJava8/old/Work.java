package callsaddedprivatemethodsofjava;

class Work {
    private int factor;
    private static int count = 1;
    Work(int factor) { this.factor = factor; }
    int times(int n) { return n * factor; }
    private int secret(int n) { return n + 100; }
    class Part {
        private int own = 7;
        String go() { return "part " + factor + own; }
    }
}
