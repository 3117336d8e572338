package blocksanabstract;

public class Main {
    public static void run(StringBuilder trace) { trace.append(Base.text()).append((char) 10); }
}
