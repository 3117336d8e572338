package callsadefaultmethodoftwoclassesthattheinterfacemaynotsee.a;
public class Main {
    public static void run(StringBuilder trace) { trace.append(new Work().go()).append('\n'); }
}
