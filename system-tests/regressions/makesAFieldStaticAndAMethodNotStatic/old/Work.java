package makesafieldstaticandamethodnotstatic;

class Work {
    private int count = 5;
    static void reset() { }
    private static int step(int n) { return n + 1; }
    int next() { count = step(count); return count; }
}
