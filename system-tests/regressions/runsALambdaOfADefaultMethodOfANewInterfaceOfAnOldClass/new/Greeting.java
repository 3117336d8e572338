package runsalambda;

import java.util.function.Supplier;

interface Greeting {
    String name();
    default String greet() {
        Supplier<String> text = () -> "hello " + name() + mark("!");
        return text.get() + mark("?");
    }
    private String mark(String with) { return with + name().length(); }
}
