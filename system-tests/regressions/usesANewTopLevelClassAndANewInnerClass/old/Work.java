package usesanewtoplevelclassandanewinnerclass;

class Work {
    private int n;
    Work(int n) { this.n = n; }
    String show(int by) { return "n" + n * by; }
    private int secret(int i) { return i + n; }
}
