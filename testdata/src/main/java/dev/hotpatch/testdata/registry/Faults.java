package dev.hotpatch.testdata.registry;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/** The faults that are waiting for their requests. For any thread. */
public final class Faults {
    private final List<Rule> rules = new ArrayList<>();

    Faults() {}

    /** The next request with this method, whose path contains {@code pathPart}, suffers {@code fault}. */
    public void next(String method, String pathPart, Fault fault) {
        on(request -> request.method().equals(method) && request.path().contains(pathPart), 0, 1, fault);
    }

    /** After {@code skip} requests that match, the following {@code times} suffer {@code fault}. */
    public synchronized void on(Predicate<SeenRequest> which, int skip, int times, Fault fault) {
        rules.add(new Rule(which, skip, times, fault));
    }

    public synchronized void clear() {
        rules.clear();
    }

    synchronized List<Fault> take(SeenRequest request) {
        List<Fault> taken = new ArrayList<>();
        for (Iterator<Rule> each = rules.iterator(); each.hasNext(); ) {
            Rule rule = each.next();
            if (!rule.which.test(request)) {
                continue;
            }
            if (rule.skip > 0) {
                rule.skip--;
                continue;
            }
            taken.add(rule.fault);
            if (--rule.times <= 0) {
                each.remove();
            }
        }
        return taken;
    }

    private static final class Rule {
        private final Predicate<SeenRequest> which;
        private final Fault fault;
        private int skip;
        private int times;

        Rule(Predicate<SeenRequest> which, int skip, int times, Fault fault) {
            this.which = which;
            this.skip = skip;
            this.times = times;
            this.fault = fault;
        }
    }
}
