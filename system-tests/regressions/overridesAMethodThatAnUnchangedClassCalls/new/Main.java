package overridesamethodthatanunchangedclasscalls;

public class Main {
    public static void run(StringBuilder trace) {
        trace.append(new Frame().paint(new Leaf())).append(new Frame().paint(new Base())).append('\n');
    }
}
