package insertsasuperclasswithoutstate;

class Work {
    final String name;
    Work(String name) { this.name = name; }
    String name() { return name; }
    String greet() { return "hello " + name(); }
    int cost(int n) { return n; }
    @Override public String toString() { return "Work " + name; }
}
