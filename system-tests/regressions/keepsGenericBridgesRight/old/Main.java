package keepsgenericbridgesright;

public class Main {
    public static void run(StringBuilder trace) {
        Step<Integer> s = new Twice();
        trace.append(s.apply(4)).append(s.twice(4)).append(new Box<>("b").get()).append('\n');
    }
}
