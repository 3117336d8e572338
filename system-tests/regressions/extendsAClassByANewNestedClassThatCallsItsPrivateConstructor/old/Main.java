package extendsaclassbyanewnestedclassthatcallsitsprivateconstructor;

public class Main {
    public static void run(StringBuilder trace) { trace.append(Work.make().show()).append('\n'); }
}
