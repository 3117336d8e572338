package writesfinalfieldsandprotectedmembersacrosspackages.a;
public class Main {
    public static void run(StringBuilder trace) { trace.append(new writesfinalfieldsandprotectedmembersacrosspackages.b.Leaf(4).go(2)).append('\n'); }
}
