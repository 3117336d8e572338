package turnsaclassintoaninterface;

class Work {
    static class Access {
        private final int n;
        Access(int n) { this.n = n; }
        public int get(int m) { return n * m; }
        public String name() { return "access" + n; }
    }
    private final Access[] all = new Access[3];
    private Access last;
    void fill(int i) { all[i] = new Access(i); last = all[i]; }
    String get(int i) { return all[i] == null ? "none" : all[i].name() + all[i].get(2) + (last == all[i]); }
}
