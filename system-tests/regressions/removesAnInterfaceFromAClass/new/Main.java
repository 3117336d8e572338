package removesaninterfacefromaclass;

public class Main {
    public static void run(StringBuilder trace) { trace.append(new Work().title()).append('\n'); }
}
