package insertsasuperclasswithoutstate;

class Sub extends Work {
    Sub() { super("sub"); }
    @Override int cost(int n) { return 2 * n; }
}
