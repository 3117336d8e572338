package addsasecondenumswitchbesidethefirst;

public class Main {
    public static void run(StringBuilder trace) {
        for (Color c : Color.values()) { trace.append(new Work().of(c)).append('\n'); }
    }
}
