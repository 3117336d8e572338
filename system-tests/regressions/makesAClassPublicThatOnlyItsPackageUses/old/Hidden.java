package makesaclass;

class Hidden {
    public String text() { return "hidden"; }
}
