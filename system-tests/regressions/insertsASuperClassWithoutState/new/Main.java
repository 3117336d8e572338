package insertsasuperclasswithoutstate;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

public class Main {
    public static void run(StringBuilder trace) {
        Object[] all = {new Work("a"), new Sub(), new Fresh(new Sub()), "none", null};
        for (Object o : all) {
            trace.append(o instanceof Base).append(o instanceof Top).append(o instanceof Work).append('\n');
            if (o instanceof Base) {
                Base b = (Base) o;
                trace.append(b.greet()).append(b.cost(3)).append(b.both()).append(Base.describe(b)).append('\n');
                trace.append(b.hashCode() == o.hashCode()).append(b.same((Top) all[0])).append('\n');
            } else {
                try { trace.append((Base) o).append('\n'); } catch (ClassCastException e) { trace.append("no cast\n"); }
            }
        }
        List<Base> list = List.of(new Work("b"), new Fresh(new Work("c")), new Sub());
        Function<Base, String> name = Base::name;
        Function<Base, String> greeting = b -> b.greet() + Top.SEPARATOR;
        Supplier<String> bound = list.get(0)::greet;
        trace.append(list.stream().map(name).collect(Collectors.joining())).append(list.stream().map(greeting).toList()).append(bound.get()).append('\n');
        trace.append(new Fresh(new Fresh(new Work("d"))).inner().greet()).append('\n');
        Base chosen = trace.length() > 3 ? new Work("e") : new Fresh(null);
        trace.append(chosen.greet()).append('\n');
    }
    public static Object hold() { return new Work[] {new Work("held"), new Sub()}; }
    public static void use(Object held, StringBuilder trace) {
        for (Work w : (Work[]) held) { trace.append(w.name()).append('=').append(w.greet()).append('\n'); }
    }
}
