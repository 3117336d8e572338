package addsaninterfaceofthejdkthatishandedover;

public class Main {
    public static void run(StringBuilder trace) { trace.append(new Work("a").name()).append('\n'); }
    public static Object hold() { return new Work("held"); }
    public static void use(Object held, StringBuilder trace) { trace.append("name=").append(((Work) held).name()).append('\n'); }
}
