package isblockedwherecodeasksfortheinterfaceofthejdk;

public class Main {
    public static void run(StringBuilder trace) {
        Object work = new Work();
        trace.append(work instanceof Runnable).append((char) 10);
    }
}
