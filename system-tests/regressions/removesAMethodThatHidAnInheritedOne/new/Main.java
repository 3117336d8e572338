package removesamethodthathidaninheritedone;

public class Main {
    public static void run(StringBuilder trace) {
        for (Base b : new Base[] {new Base(), new Middle(), new Leaf()}) { trace.append(b.greet(2)).append('\n'); }
        trace.append(Middle.where()).append(new Middle().name).append('\n');
    }
}
