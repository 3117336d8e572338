package addsastaticfieldwithconstantandwithmapfilledinastaticblock;

public class Main {
    public static void run(StringBuilder trace) {
        for (String s : new String[] {"one", "two", "six"}) { trace.append(Words.of(s)).append('\n'); }
    }
}
