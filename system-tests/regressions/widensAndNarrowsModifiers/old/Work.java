package widensandnarrowsmodifiers;

class Work {
    private int count;
    final int last = hash(2);
    String go(int n) { return "go" + inner(n) + shared(n) + count; }
    private int inner(int n) { count++; return n + 1; }
    private static int shared(int n) { return n + 10; }
    protected int hash(int n) { return n * 31; }
}
