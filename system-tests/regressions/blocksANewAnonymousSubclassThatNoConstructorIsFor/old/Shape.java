package blocksanew;

class Shape {
    private Shape(int n) {}
    static Shape make() { return new Shape(1); }
    String text() { return "shape"; }
}
