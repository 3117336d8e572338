package insertsananonymousclassbeforeothers;

import java.util.function.*;
class Work {
    private final int n;
    Work(int n) { this.n = n; }
    Supplier<String> first() { return new Supplier<String>() { @Override public String get() { return "first" + n; } }; }
    Supplier<String> second(int k) {
        class Local { int twice() { return 2 * k + n; } }
        return new Supplier<String>() { @Override public String get() { return "second" + k + new Local().twice(); } };
    }
    Supplier<String> third() { return new Supplier<String>() { int c = 4; @Override public String get() { return "third" + n + c; } }; }
}
