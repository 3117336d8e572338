package addsavirtualmethodthatsubclassesoverride;

class Square extends Shape {
    protected final int side;
    Square(int side) { this.side = side; }
    @Override String name() { return "square"; }
}
