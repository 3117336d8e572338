package removesamethodthathidaninheritedone;

class Base {
    String name = "base field";
    protected String greet(int n) { return "base" + n; }
    static String where() { return "base place"; }
}
