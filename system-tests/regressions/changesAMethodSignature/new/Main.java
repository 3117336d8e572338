package changesamethodsignature;

public class Main {
    public static void run(StringBuilder trace) { trace.append(new User().go()).append('\n'); }
}
