package addsarecordcomponentisblocked;

public class Main {
    public static void run(StringBuilder trace) { trace.append(new User().show()).append('\n'); }
}
