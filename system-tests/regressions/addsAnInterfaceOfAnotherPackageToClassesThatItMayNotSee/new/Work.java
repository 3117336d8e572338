package addsaninterfaceofanotherpackagetoclassesthatitmaynotsee.a;
import addsaninterfaceofanotherpackagetoclassesthatitmaynotsee.b.Priced;
public class Work {
    private final int n = 3;
    public String go() {
        String all = "go" + new Inner().hashed() + new Hidden().n;
        for (Object o : new Object[] {new Inner(), new Hidden(), "no"}) {
            all += Priced.is(o);
            if (o instanceof Priced) { Priced p = (Priced) o; all += p.price() + p.tag(); }
        }
        return all;
    }
    private class Inner implements Priced { int hashed() { return 2 + n; } @Override public int price() { return 10 * n; } }
    static class Hidden implements Priced { int n = 6; @Override public int price() { return n; } @Override public String tag() { return "own" + Priced.super.tag(); } }
}
