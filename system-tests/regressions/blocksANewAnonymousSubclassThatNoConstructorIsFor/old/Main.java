package blocksanew;

public class Main {
    public static void run(StringBuilder trace) { trace.append(Shape.make().text()).append('\n'); }
}
