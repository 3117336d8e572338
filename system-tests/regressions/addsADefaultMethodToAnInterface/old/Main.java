package addsadefaultmethodtoaninterface;

public class Main {
    public static void run(StringBuilder trace) {
        Named[] all = {new Plain(), new Fancy(), () -> "lambda"};
        for (Named n : all) { trace.append(n.name()).append('\n'); }
    }
}
