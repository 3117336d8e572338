package insertsalambdabeforeothers;

import java.util.function.*;
public class Main {
    public static void run(StringBuilder trace) {
        Work w = new Work(3);
        for (Supplier<String> s : w.all(2)) { trace.append(s.get()).append('\n'); }
    }
    public static Object hold() {
        Work w = new Work(9);
        java.util.Map<String, Supplier<String>> all = new java.util.TreeMap<>();
        for (Supplier<String> s : w.all(4)) { all.put(s.get().substring(0, 3), s); }
        return all;
    }
    public static void use(Object held, StringBuilder trace) {
        ((java.util.Map<?, ?>) held).forEach((key, s) -> trace.append(key + "=" + ((Supplier<?>) s).get()).append('\n'));
    }
}
