package widensandnarrowsmodifiers;

public class Main {
    public static void run(StringBuilder trace) {
        Work w = new Work();
        w.count += 5;
        trace.append(w.go(1)).append(w.inner(2)).append(Work.shared(3)).append(w.count).append(w.last).append('\n');
        trace.append(new Other().go(4)).append('\n');
    }
}
