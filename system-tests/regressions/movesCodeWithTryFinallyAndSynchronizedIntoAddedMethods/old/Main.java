package movescodewithtryfinallyandsynchronizedintoaddedmethods;

public class Main {
    public static void run(StringBuilder trace) {
        Work w = new Work();
        for (int i = 0; i < 4; i++) {
            try { trace.append(w.go(i)).append('\n'); } catch (RuntimeException e) { trace.append(e.getMessage()).append('\n'); }
        }
        trace.append(w.log()).append('\n');
    }
}
