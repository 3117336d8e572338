package callsamethod;

import callsamethod.base.Above;

public class Main {
    public static void run(StringBuilder trace) { trace.append(new Above().twice(3)).append('\n'); }
}
