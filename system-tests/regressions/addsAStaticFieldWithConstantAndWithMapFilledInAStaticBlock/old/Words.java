package addsastaticfieldwithconstantandwithmapfilledinastaticblock;

import java.util.*;
class Words {
    private static final List<String> KNOWN = new ArrayList<>();
    static { KNOWN.add("one"); KNOWN.add("two"); }
    static String of(String s) { return s + KNOWN.contains(s); }
}
