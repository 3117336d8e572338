package usesanewtoplevelclassandanewinnerclass;

class Fresh {
    private final String s;
    private Fresh(String s) { this.s = s; }
    static Fresh make(int n) { return new Fresh("fresh" + n); }
    String show() { return s; }
}
