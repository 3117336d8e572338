package usesanewlocalclassinamethodthathadnone;

class Work {
    private final int n = 4;
    String go(int k) { return "go" + n + k; }
    static class Part { static String twice(int k) { return "part" + k; } }
    String shape(int k) { return "shape" + k; }
}
