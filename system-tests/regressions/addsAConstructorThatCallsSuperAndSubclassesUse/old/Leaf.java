package addsaconstructorthatcallssuperandsubclassesuse;

class Leaf extends Base {
    Leaf(int n) { super(n + 1); }
    @Override String show() { return "leaf " + super.show(); }
}
