package usesanewtoplevelclassandanewinnerclass;

class Work {
    private int n;
    Work(int n) { this.n = n; }
    String show(int by) { return "n" + new Part(by).go() + new Nested(this).go() + Fresh.make(n).show(); }
    private int secret(int i) { return i + n; }
    private class Part {
        private final int by;
        private Part(int by) { this.by = by; }
        private int go() { n++; return secret(by) * by; }
    }
    private static final class Nested {
        private final Work work;
        Nested(Work work) { this.work = work; }
        private String go() { return "<" + work.n + work.secret(1) + ">"; }
    }
}
