package changesamethodsignature;

class Work {
    protected int calc(int n) { return n + 1; }
    String text(Object o) { return "o" + o; }
}
