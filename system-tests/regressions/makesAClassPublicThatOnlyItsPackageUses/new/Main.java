package makesaclass;

import makesaclass.other.User;

public class Main {
    static Hidden one() { return new Hidden(); }
    public static void run(StringBuilder trace) {
        trace.append(one().text()).append(User.text()).append('\n');
    }
}
