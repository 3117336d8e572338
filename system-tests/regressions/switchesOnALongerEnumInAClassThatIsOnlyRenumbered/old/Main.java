package switchesonalonger;

public class Main {
    public static void run(StringBuilder trace) {
        for (Color color : Color.values()) { trace.append(Palette.Inner.name(color)).append(new Palette().twice().get()).append('\n'); }
    }
}
