package turnsaclassintoaninterface;

class Work {
    interface Named { String name(); default String loud() { return name().toUpperCase(); } }
    interface Access extends Named {
        int LIMIT = 7;
        int get(int m);
        default int twice() { return get(2) * 2; }
        static Access of(int n) { return n % 2 == 0 ? new Even(n) : new Odd(); }
    }
    private static class Even implements Access {
        private final int n;
        private final Object lock = new Object();
        Even(int n) { this.n = n; }
        public int get(int m) { synchronized (lock) { return n * m + 100; } }
        public String name() { return "even" + n; }
    }
    private static class Odd implements Access, Runnable {
        public int get(int m) { return m + LIMIT; }
        public String name() { return "odd"; }
        public int twice() { run(); return Access.super.twice() + 1; }
        public void run() { }
    }
    private final Access[] all = new Access[3];
    private Access last;
    void fill(int i) { all[i] = Access.of(i); last = all[i]; }
    String get(int i) {
        Object any = all[i];
        return all[i] == null ? "none" : all[i].name() + all[i].get(2) + (last == all[i]) + (any instanceof Access) + (any instanceof Named) + all[i].loud() + all[i].twice() + ((Named) any).name();
    }
}
