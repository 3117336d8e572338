package extendsaclassbyanewnestedclassthatcallsitsprivateconstructor;

class Work {
    private final int n;
    private Work(int n) { this.n = n; }
    static Work make() { return new Work(3); }
    String show() { return "work" + n; }
}
