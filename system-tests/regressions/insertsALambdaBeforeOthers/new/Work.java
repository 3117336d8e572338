package insertsalambdabeforeothers;

import java.util.*;
import java.util.function.*;
class Work {
    private final int n;
    Work(int n) { this.n = n; }
    List<Supplier<String>> all(int k) {
        List<Supplier<String>> all = new ArrayList<>();
        all.add(() -> "new" + n * k);
        all.add(() -> "two" + k + n);
        all.add(() -> { Supplier<String> t = () -> "deep" + n; Supplier<String> s = () -> "inner" + k; return "six" + s.get() + t.get(); });
        all.add(() -> "one" + n);
        return all;
    }
}
