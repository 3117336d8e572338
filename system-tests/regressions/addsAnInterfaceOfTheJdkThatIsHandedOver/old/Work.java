package addsaninterfaceofthejdkthatishandedover;

class Work {
    private final String name;
    Work(String name) { this.name = name; }
    String name() { return name; }
    @Override public boolean equals(Object o) { return o instanceof Work w && w.name.equals(name); }
    @Override public int hashCode() { return 5; }
    @Override public String toString() { return "work"; }
}
