package addsmethodstoarecordandanenum;

record Point(int x, String s) { int twice() { return 2 * x; } }
