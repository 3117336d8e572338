package usesanewlocalclassinamethodthathadnone;

class Work {
    private final int n = 4;
    String go(int k) {
        class Loc { private int m = 7; private String in(int i) { return "loc" + i + m + k + n; } }
        return "go" + n + k + new Loc().in(2);
    }
    static class Part {
        static String twice(int k) {
            class Loc { private int m = 8; private String in(int i) { return "other" + i + m + k; } }
            return "part" + k + new Loc().in(2);
        }
    }
    String shape(int k) { return "shape" + added(k); }
    String added(int k) {
        class Loc { private int m = 9; private String in(int i) { return "added" + i + m + k + n; } }
        Object anonymous = new Object() { private int q = k; @Override public String toString() { return "anonymous" + q + n; } };
        return new Loc().in(k) + anonymous;
    }
}
