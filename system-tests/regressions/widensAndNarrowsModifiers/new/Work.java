package widensandnarrowsmodifiers;

class Work {
    public int count;
    int last = hash(2);
    public synchronized String go(int n) { last++; return "go" + inner(n) + shared(n) + count; }
    public int inner(int n) { count++; return n + 1; }
    protected static int shared(int n) { return n + 10; }
    public final int hash(int n) { return n * 31; }
}
