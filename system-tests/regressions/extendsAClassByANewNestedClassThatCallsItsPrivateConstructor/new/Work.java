package extendsaclassbyanewnestedclassthatcallsitsprivateconstructor;

class Work {
    private final int n;
    private Work(int n) { this.n = n; }
    static Work make() { return new Special(5); }
    String show() { return "work" + n; }
    private static class Special extends Work {
        private Special(int k) { super(k + 1); }
        @Override String show() { return "special " + super.show(); }
    }
}
