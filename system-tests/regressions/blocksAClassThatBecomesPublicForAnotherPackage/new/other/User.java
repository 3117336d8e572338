package blocksaclass.other;

import blocksaclass.Hidden;

public class User {
    public static String text() { return new Hidden().text(); }
}
