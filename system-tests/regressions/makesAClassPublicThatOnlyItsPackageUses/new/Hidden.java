package makesaclass;

public class Hidden {
    public String text() { return "open"; }
}
