package addsaconstructorthatsetsanaddedfieldandcallsanaddedmethodwhichcapturesthisinalambda;

import java.util.function.IntFunction;
class Work {
    private int n;
    private IntFunction<String> format;
    private final String label;
    Work(int n) { this.n = n; this.label = "plain"; this.format = formatter("one"); }
    Work(String label, int n) {
        this.label = label;
        this.n = n;
        this.format = formatter(label + n);
    }
    private IntFunction<String> formatter(String how) { return i -> how + ":" + i + ":" + this.n + ":" + label + hidden(i); }
    private int hidden(int i) { return i + ++n; }
    String show(int by) { return format.apply(by) + n; }
}
