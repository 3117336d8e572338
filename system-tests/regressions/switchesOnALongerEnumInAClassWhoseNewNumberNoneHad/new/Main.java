package switchesonalongernonehad;

public class Main {
    public static void run(StringBuilder trace) {
        for (Color color : Color.values()) { trace.append(Palette.name(color)).append('\n'); }
    }
}
