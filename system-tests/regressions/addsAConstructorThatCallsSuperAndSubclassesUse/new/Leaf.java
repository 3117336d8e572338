package addsaconstructorthatcallssuperandsubclassesuse;

class Leaf extends Base {
    private int own = 9;
    Leaf(int n) { super(n + 1); }
    Leaf(String s) { super(s, 40L); own++; }
    @Override String show() { return "leaf " + own + super.show(); }
}
