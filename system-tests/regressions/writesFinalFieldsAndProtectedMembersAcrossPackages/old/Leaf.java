package writesfinalfieldsandprotectedmembersacrosspackages.b;
public class Leaf extends writesfinalfieldsandprotectedmembersacrosspackages.a.Base {
    private final int own;
    public Leaf(int own) { this.own = own; }
    public String go(int n) { return speak(n) + own; }
}
