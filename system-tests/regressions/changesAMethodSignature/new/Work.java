package changesamethodsignature;

class Work {
    protected long calc(int n, String unit) { return n + (long) unit.length(); }
    String text(String o) { return "s" + o; }
}
