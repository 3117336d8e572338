package changesthetypeofafield;

import java.util.*;
class Work {
    private long sum = 1L << 33;
    protected List<String> names = new ArrayList<>(List.of("a"));
    void add(int n) { sum += n; names.add("n" + n); }
    String show() { return sum + "" + names; }
}
