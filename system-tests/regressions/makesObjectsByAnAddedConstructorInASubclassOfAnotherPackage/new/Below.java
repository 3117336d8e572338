package makesobjectsbyanaddedconstructorinasubclassofanotherpackage.b;
import makesobjectsbyanaddedconstructorinasubclassofanotherpackage.a.Base;
public class Below extends Base {
    public Below(int number) { super(number, 5L); }
    public String other() { return new Base(3, 4L).name(); }
}
