package makesobjectsbyanaddedconstructorinasubclassofanotherpackage.a;
public class Base {
    private final String name;
    protected Base(int number) { name = "n" + number; }
    public Base(int number, long more) { name = "n" + number + "/" + more; }
    public String name() { return name; }
}
