package addsanewinterfacetoaclass;

public class Main {
    public static void run(StringBuilder trace) {
        Object[] all = {new Work(), "no", new Sub(), new Fresh()};
        for (Object o : all) { trace.append(o instanceof Priced).append(o instanceof Priced ? ((Priced) o).price(2) + ((Priced) o).tax() : -1).append('\n'); }
        Priced p = new Work();
        trace.append(p.price(3)).append('\n');
    }
}
