package blocksanew;

class Shape {
    private Shape(int n) {}
    static Shape make() {
        return new Shape(2) {
            @Override String text() { return "special " + super.text(); }
        };
    }
    String text() { return "shape"; }
}
