package addsavirtualmethodthatsubclassesoverride;

class Rounded extends Square {
    Rounded(int side) { super(side); }
    @Override String name() { return "rounded " + super.name(); }
}
