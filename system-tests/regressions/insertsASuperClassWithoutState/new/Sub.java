package insertsasuperclasswithoutstate;

class Sub extends Work {
    Sub() { super("sub"); }
    @Override protected int cost(int n) { return 2 * n; }
    @Override String greet() { return super.greet() + "!"; }
}
