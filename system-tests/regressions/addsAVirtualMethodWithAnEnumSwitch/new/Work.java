package addsavirtualmethodwithanenumswitch;

class Work {
    String go(int k) { return "go" + pick(Color.values()[k % 2]); }
    public String pick(Color c) {
        switch (c) { case RED: return "red"; default: return "else"; }
    }
}
