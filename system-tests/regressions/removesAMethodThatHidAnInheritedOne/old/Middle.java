package removesamethodthathidaninheritedone;

class Middle extends Base {
    String name = "middle field";
    @Override protected String greet(int n) { return "middle" + n; }
    static String where() { return "middle place"; }
    private int unused() { return 1; }
}
