package addsaninstancefield;

class Work {
    final String name;
    private int sum;
    Work(String name) { this.name = name; }
    void add(int n) { sum += n; }
    String show() { return name + sum; }
}
