package addsaconstructorthatsetsanaddedfieldandcallsanaddedmethodwhichcapturesthisinalambda;

class Sub extends Work { Sub(int n) { super(n); } }
