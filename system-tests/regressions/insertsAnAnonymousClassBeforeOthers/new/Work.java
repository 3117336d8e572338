package insertsananonymousclassbeforeothers;

import java.util.function.*;
class Work {
    private final int n;
    private final Runnable none = new Runnable() { @Override public void run() { } };
    Work(int n) { this.n = n; none.run(); }
    Supplier<String> first() {
        Supplier<String> before = new Supplier<String>() { @Override public String get() { return "before" + n; } };
        return new Supplier<String>() { @Override public String get() { return before == null ? "" : "changed first" + n; } };
    }
    Supplier<String> second(int k) {
        class Other { int thrice() { return 3 * k + n; } }
        class Local { int twice() { return 2 * k + n; } }
        int more = new Other().thrice();
        Supplier<String> unchanged =
                new Supplier<String>() { @Override public String get() { return "second" + k + new Local().twice(); } };
        return more > 0 ? unchanged : null;
    }
    Supplier<String> third() { return new Supplier<String>() { int c = 4; @Override public String get() { return "third" + n + c; } }; }
}
