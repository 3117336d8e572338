package insertsalambdabeforeothersinjava;

import java.util.function.*;
public class Main {
    public static void run(StringBuilder trace) {
        trace.append(Work.of(2).apply(5)).append(Work.of(3).apply(5)).append('\n');
    }
    public static Object hold() { return Work.of(7); }
    public static void use(Object held, StringBuilder trace) {
        trace.append("kept=").append(((Function<Integer, ?>) held).apply(1)).append('\n');
    }
}
