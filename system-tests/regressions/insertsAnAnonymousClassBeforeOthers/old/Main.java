package insertsananonymousclassbeforeothers;

import java.util.function.*;
public class Main {
    public static void run(StringBuilder trace) {
        Work w = new Work(3);
        trace.append(w.first().get()).append(w.second(2).get()).append(w.third().get()).append('\n');
    }
    public static Object hold() { Work w = new Work(9); return new Object[] {w.first(), w.second(4), w.third()}; }
    public static void use(Object held, StringBuilder trace) {
        Object[] all = (Object[]) held;
        for (int i = 0; i < all.length; i++) { trace.append("item" + i + "=" + ((Supplier<?>) all[i]).get()).append('\n'); }
    }
}
