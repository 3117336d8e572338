package callsaprivate;

public class Main {
    public static void run(StringBuilder trace) {
        trace.append(Shape.make(3).text()).append('\n');
        trace.append(new Shape("plain").text()).append('\n');
    }
}
