package callsamethod.base;

public class Above {
    protected int count(int n) { return n + 1; }
    public int twice(int n) { return count(count(n)); }
}
