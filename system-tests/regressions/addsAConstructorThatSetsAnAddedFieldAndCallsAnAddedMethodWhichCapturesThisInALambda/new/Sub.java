package addsaconstructorthatsetsanaddedfieldandcallsanaddedmethodwhichcapturesthisinalambda;

class Sub extends Work { Sub(int n) { super(n); } Sub(String s) { super(s + s, 7); } }
