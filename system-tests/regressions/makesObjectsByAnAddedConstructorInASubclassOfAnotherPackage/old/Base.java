package makesobjectsbyanaddedconstructorinasubclassofanotherpackage.a;
public class Base {
    private final String name;
    protected Base(int number) { name = "n" + number; }
    public String name() { return name; }
}
