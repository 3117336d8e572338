package isblockedwhereamethodofthejdkisoverridden;

public class Main {
    public static void run(StringBuilder trace) { trace.append(String.valueOf(new Work(3)).contains("Work")).append('\n'); }
}
