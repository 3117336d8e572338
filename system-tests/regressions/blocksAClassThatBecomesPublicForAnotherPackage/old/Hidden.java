package blocksaclass;

class Hidden {
    public String text() { return "hidden"; }
}
