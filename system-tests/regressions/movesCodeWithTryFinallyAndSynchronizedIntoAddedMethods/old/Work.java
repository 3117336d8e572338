package movescodewithtryfinallyandsynchronizedintoaddedmethods;

class Work {
    private final StringBuilder log = new StringBuilder();
    String go(int n) { log.append(n); return "go" + n; }
    String log() { return log.toString(); }
}
