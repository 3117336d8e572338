package callsamethod;

import callsamethod.base.*;
import java.util.function.IntUnaryOperator;

public class Main {
    public static void run(StringBuilder trace) {
        trace.append(new Above().twice(3)).append('\n');
        trace.append(new Below().count(4)).append('\n');
        trace.append(new Lowest().count(4)).append(' ').append(new Lowest().twice(4)).append('\n');
        Below below = new Below() {};
        IntUnaryOperator reference = below::count;
        trace.append(reference.applyAsInt(5)).append(' ').append(below.twice(6)).append('\n');
    }
}
