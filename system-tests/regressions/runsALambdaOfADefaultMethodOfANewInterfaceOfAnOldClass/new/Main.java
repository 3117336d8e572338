package runsalambda;

public class Main {
    public static void run(StringBuilder trace) {
        Greeting greeting = new Thing();
        trace.append(greeting.greet()).append('\n');
        Greeting other = () -> "lambda";
        trace.append(other.greet()).append('\n');
        trace.append(new Thing().greet()).append('\n');
    }
}
