package makesafieldstaticandamethodnotstatic;

class Work {
    private static int count = 5;
    private final int by = 2;
    static void reset() { count = 5; }
    private int step(int n) { return n + by; }
    int next() { count = step(count); return count; }
}
