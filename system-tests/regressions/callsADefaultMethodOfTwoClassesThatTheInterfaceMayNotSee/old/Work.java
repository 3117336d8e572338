package callsadefaultmethodoftwoclassesthattheinterfacemaynotsee.a;
public class Work {
    public String go() { return "go" + new First().n + new Second().n; }
    private class First { int n = 1; }
    static class Second { int n = 2; }
}
