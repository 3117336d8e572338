package overridesamethodoftheimageandcallssuper;

public class Main {
    public static void run(StringBuilder trace) {
        Base[] all = {new Base(), new Middle(), new Leaf()};
        for (Base b : all) { trace.append(b.greet("x")).append(' ').append(b.number()).append('\n'); }
    }
}
