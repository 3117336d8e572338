package insertsalambdabeforeothersinjava;

import java.util.function.*;
class Work {
    static Function<Integer, String> of(int k) { return i -> "kept" + i * k; }
}
