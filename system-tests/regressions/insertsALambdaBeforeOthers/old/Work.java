package insertsalambdabeforeothers;

import java.util.*;
import java.util.function.*;
class Work {
    private final int n;
    Work(int n) { this.n = n; }
    List<Supplier<String>> all(int k) {
        List<Supplier<String>> all = new ArrayList<>();
        all.add(() -> "one" + n);
        all.add(() -> "two" + k + n);
        all.add(() -> { Supplier<String> s = () -> "inner" + k; return "six" + s.get(); });
        return all;
    }
}
