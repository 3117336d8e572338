package blocksaclass.other;

public class User {
    public static String text() { return "nothing"; }
}
