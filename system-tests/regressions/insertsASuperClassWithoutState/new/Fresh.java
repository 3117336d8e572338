package insertsasuperclasswithoutstate;

class Fresh extends Base {
    private final Base inner;
    Fresh(Base inner) { this.inner = inner; }
    @Override String name() { return "fresh " + inner.name(); }
    @Override protected int cost(int n) { return inner.cost(n) * 100; }
    Base inner() { return inner; }
    @Override public String toString() { return "Fresh"; }
}
