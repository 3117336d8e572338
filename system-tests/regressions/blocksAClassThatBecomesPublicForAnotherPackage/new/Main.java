package blocksaclass;

public class Main {
    public static void run(StringBuilder trace) { trace.append(blocksaclass.other.User.text()).append('\n'); }
}
