package writesfinalfieldsandprotectedmembersacrosspackages.b;
import java.util.function.*;
public class Leaf extends writesfinalfieldsandprotectedmembersacrosspackages.a.Base {
    private final int own;
    private final String label;
    public Leaf(int own) { this(own, "dflt"); }
    private Leaf(int own, String label) { this.own = own * 2; this.label = label; level = own; }
    public String go(int n) { return deep(n) + own + label; }
    private String deep(int n) {
        Supplier<String> s = () -> super.speak(n) + level++ + place;
        IntFunction<String> f = this::speak;
        return s.get() + f.apply(8) + hidden();
    }
    String hidden() { return "hidden in b"; }
}
