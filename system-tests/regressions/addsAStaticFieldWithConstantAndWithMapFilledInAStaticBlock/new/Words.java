package addsastaticfieldwithconstantandwithmapfilledinastaticblock;

import java.util.*;
class Words {
    private static final List<String> KNOWN = new ArrayList<>();
    private static final int MAX = 17;
    static final Map<String, Integer> NUMBERS = new TreeMap<>();
    private static final StringBuilder LOG = new StringBuilder("log");
    static {
        KNOWN.add("one"); KNOWN.add("two");
        NUMBERS.put("one", 1);
        NUMBERS.put("two", 2);
        for (int i = 0; i < 3; i++) { NUMBERS.put("n" + i, i * MAX); }
    }
    private static String last = "none";
    static String of(String s) {
        String before = last;
        last = s.equals("six") ? "none" : s;
        return s + KNOWN.contains(s) + NUMBERS.get(s) + MAX + before + LOG + NUMBERS.size();
    }
}
