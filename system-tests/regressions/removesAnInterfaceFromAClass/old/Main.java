package removesaninterfacefromaclass;

public class Main {
    public static void run(StringBuilder trace) { trace.append(((Named) new Work()).name()).append('\n'); }
}
