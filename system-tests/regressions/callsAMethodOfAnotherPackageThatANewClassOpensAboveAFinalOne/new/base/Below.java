package callsamethod.base;

public class Below extends Above {
    @Override public int count(int n) { return super.count(n) * 10; }
}
