package addsavirtualmethodthatsubclassesoverride;

class Shape {
    String name() { return "shape"; }
    public int area(int scale) { return scale; }
}
