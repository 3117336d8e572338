package writesfinalfieldsandprotectedmembersacrosspackages.a;
public class Base {
    protected int level = 3;
    protected static String place = "here";
    protected String speak(int n) { return "base" + n + level; }
    String hidden() { return "hidden in a"; }
}
