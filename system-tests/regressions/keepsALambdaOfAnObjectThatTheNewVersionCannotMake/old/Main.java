package keepsalambda;

import java.util.*;
import java.util.function.Supplier;

public class Main {
    public static void run(StringBuilder trace) {
        try {
            trace.append(new Counter(3).mk1(2).get()).append('\n');
        } catch (IllegalStateException e) {
            trace.append(e.getMessage()).append('\n');
        }
    }
    public static Object hold() {
        Map<String, Supplier<String>> held = new TreeMap<>();
        try {
            held.put("mk1", new Counter(3).mk1(2));
        } catch (IllegalStateException e) {
            held.remove("mk1");
        }
        return held;
    }
    public static void use(Object held, StringBuilder trace) {
        ((Map<?, ?>) held).forEach((key, made) -> trace.append(key).append('=').append(((Supplier<?>) made).get()).append('\n'));
    }
}
