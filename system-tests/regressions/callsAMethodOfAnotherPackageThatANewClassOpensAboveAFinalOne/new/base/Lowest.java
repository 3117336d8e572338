package callsamethod.base;

public class Lowest extends Below {
    @Override public int count(int n) { return super.count(n) + 1; }
}
