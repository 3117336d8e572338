package makesobjectsbyanaddedconstructorinasubclassofanotherpackage.b;
import makesobjectsbyanaddedconstructorinasubclassofanotherpackage.a.Base;
public class Below extends Base {
    public Below(int number) { super(number); }
    public String other() { return "other"; }
}
