package addsanewinterfacetoaclass;

public class Main {
    public static void run(StringBuilder trace) { trace.append(new Work().plain()).append('\n'); }
}
