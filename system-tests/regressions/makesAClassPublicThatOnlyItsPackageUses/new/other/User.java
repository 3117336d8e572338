package makesaclass.other;

public class User {
    public static String text() { return "something"; }
}
