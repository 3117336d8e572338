package usesanewlocalclassinamethodthathadnone;

public class Main {
    public static void run(StringBuilder trace) { trace.append(new Work().go(3)).append(Work.Part.twice(4)).append(new Work().shape(5)).append('\n'); }
}
