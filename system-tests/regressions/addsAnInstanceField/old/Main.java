package addsaninstancefield;

public class Main {
    public static void run(StringBuilder trace) {
        Work a = new Work("a"); Work b = new Work("b");
        a.add(1); a.add(2); b.add(10);
        trace.append(a.show()).append(b.show()).append(new Sub("s").show()).append('\n');
    }
    public static Object hold() { return new Work("held"); }
    public static void use(Object held, StringBuilder trace) {
        Work w = (Work) held;
        w.add(4);
        trace.append("held=").append(w.show().startsWith("held")).append('\n');
    }
}
