package blocksaclass;

public class Hidden {
    public String text() { return "hidden"; }
}
