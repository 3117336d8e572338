package movescodewithtryfinallyandsynchronizedintoaddedmethods;

class Work {
    private final StringBuilder log = new StringBuilder();
    String go(int n) { return guarded(n); }
    private synchronized String guarded(int n) {
        try {
            if (n == 1) throw new IllegalStateException("one");
            if (n == 2) return "early" + checked(n);
            synchronized (log) { log.append('s'); }
            return "late";
        } catch (CheckedException e) {
            throw new IllegalArgumentException("wrapped " + e.getMessage(), e);
        } finally {
            log.append("f").append(Thread.holdsLock(this));
        }
    }
    private static int checked(int n) throws CheckedException { throw new CheckedException("c" + n); }
    String log() { return log.toString(); }
}
