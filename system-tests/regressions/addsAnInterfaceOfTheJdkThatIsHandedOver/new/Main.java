package addsaninterfaceofthejdkthatishandedover;

import java.lang.reflect.Proxy;
import java.util.function.Supplier;

public class Main {
    public static void run(StringBuilder trace) throws Exception {
        Work work = new Work("a");
        Sub sub = new Sub();
        for (Work each : new Work[] {work, sub, null}) {
            Thread thread = new Thread(null, each, "name", 0L);
            thread.start();
            thread.join();
        }
        trace.append(work.name()).append(sub.name()).append('\n');
        Object proxy = Proxy.newProxyInstance(Main.class.getClassLoader(), new Class<?>[] {Supplier.class}, work);
        trace.append(((Supplier<?>) proxy).get()).append('\n');
        work.run();
        trace.append(((Supplier<?>) proxy).get()).append(work).append(work.equals(new Work("a"))).append('\n');

    }
    public static Object hold() { return new Work("held"); }
    public static void use(Object held, StringBuilder trace) { trace.append("name=").append(((Work) held).name()).append('\n'); }
}
