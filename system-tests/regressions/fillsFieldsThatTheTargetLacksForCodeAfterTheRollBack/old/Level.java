package fillsfields;

import java.util.*;
import java.util.function.Supplier;

/** Its constants are made by the target's code where the class is initialised while the patch is in. */
enum Level {
    LOW, HIGH;
    private final Object weight = 67;
    private final List<String> names = new ArrayList<>();
    private int[] steps = {1, 2};
    private final Supplier<String> text = () -> "text";
    private long big = 1L << 40;
    String show() {
        names.add("x");
        int count = names.size();
        names.clear();
        return name() + weight + count + steps[1] + text.get() + big;
    }
}
