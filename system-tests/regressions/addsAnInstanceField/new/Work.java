package addsaninstancefield;

import java.util.*;
class Work {
    final String name;
    private int sum;
    private long count = 100L;
    protected List<Integer> all = new ArrayList<>();
    final String upper;
    private double unset;
    Work(String name) { this.name = name; this.upper = name.toUpperCase(); }
    void add(int n) { sum += n; count++; if (all != null) all.add(n); unset += 0.5; }
    String show() { return name + sum + count + all + upper + unset; }
}
