package insertsasuperclasswithoutstate;

class Work extends Base {
    final String name;
    Work(String name) { this.name = name; }
    String name() { return name; }
    @Override protected int cost(int n) { return n + 1; }
    @Override public String toString() { return "Work " + name + super.toString().contains("@"); }
}
