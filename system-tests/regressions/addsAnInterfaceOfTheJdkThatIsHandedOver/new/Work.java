package addsaninterfaceofthejdkthatishandedover;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;

class Work implements InvocationHandler, Runnable {
    private final String name;
    private int runs;
    Work(String name) { this.name = name; }
    String name() { return name + runs; }
    @Override public Object invoke(Object proxy, Method method, Object[] arguments) { return method.getName() + name(); }
    @Override public void run() { runs++; }
    @Override public boolean equals(Object o) { return o instanceof Work w && w.name.equals(name); }
    @Override public int hashCode() { return 5; }
    @Override public String toString() { return "work"; }
}
