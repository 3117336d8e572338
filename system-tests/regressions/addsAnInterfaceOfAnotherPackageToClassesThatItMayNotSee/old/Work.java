package addsaninterfaceofanotherpackagetoclassesthatitmaynotsee.a;
public class Work {
    private final int n = 3;
    public String go() { return "go" + new Inner().hashed() + new Hidden().n; }
    private class Inner { int hashed() { return 2 + n; } }
    static class Hidden { int n = 6; }
}
