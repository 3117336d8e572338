package callsanaddedstaticmethodofanotherclass;

public class Work {
    public static String plain(String s) { return s + s; }
    public static String join(String by, String... all) { return String.join(by, all) + all.length; }
    static String join2(String a, String b) { return a + b; }
}
