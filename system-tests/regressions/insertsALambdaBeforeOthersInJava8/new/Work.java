package insertsalambdabeforeothersinjava;

import java.util.function.*;
class Work {
    private static final Supplier<String> MARK = () -> "mark";
    static Function<Integer, String> of(int k) {
        Function<Integer, String> first = i -> "other" + i;
        return k == 3 ? first : i -> "kept" + i * k;
    }
    static String mark() { return MARK.get(); }
}
