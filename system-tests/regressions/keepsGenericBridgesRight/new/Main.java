package keepsgenericbridgesright;

public class Main {
    public static void run(StringBuilder trace) {
        Step<Integer> s = new Twice();
        trace.append(s.apply(4)).append(s.twice(4)).append(new Box<>("b").get()).append('\n');
        Step<String> t = new Shout();
        trace.append(t.apply("a")).append(t.twice("b")).append(new Tagged("c").get()).append('\n');
        Box<String> box = new Tagged("d");
        trace.append(box.get()).append(box.with("e").get()).append('\n');
    }
}
