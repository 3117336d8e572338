package keepsalambda;

import java.util.function.Supplier;

class Counter {
    private final int from;
    Counter(int from) { this.from = from; }
    Supplier<String> mk1(int n) { return () -> "mk1|" + from + "-" + n; }
}
