package callsanaddedstaticmethodofanotherclass;

public class Work {
    public static String plain(String s) { return s; }
}
