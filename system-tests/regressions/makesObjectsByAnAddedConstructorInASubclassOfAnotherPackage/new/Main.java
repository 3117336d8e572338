package makesobjectsbyanaddedconstructorinasubclassofanotherpackage;
import makesobjectsbyanaddedconstructorinasubclassofanotherpackage.b.Below;
public class Main {
    public static void run(StringBuilder trace) { trace.append(new Below(1).name()).append(new Below(2).other()).append('\n'); }
}
