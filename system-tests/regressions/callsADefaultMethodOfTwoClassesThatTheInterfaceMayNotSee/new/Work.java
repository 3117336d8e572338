package callsadefaultmethodoftwoclassesthattheinterfacemaynotsee.a;
import callsadefaultmethodoftwoclassesthattheinterfacemaynotsee.b.Priced;
public class Work {
    public String go() { return "go" + new First().n + new Second().n + tag(new First()) + tag(new Second()); }
    private static String tag(Priced priced) { return priced.tag(); }
    private class First implements Priced { int n = 1; @Override public int price() { return n; } }
    static class Second implements Priced { int n = 2; @Override public int price() { return n * 10; } }
}
