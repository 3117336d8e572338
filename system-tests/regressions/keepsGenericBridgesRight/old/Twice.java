package keepsgenericbridgesright;

class Twice implements Step<Integer> { @Override public Integer apply(Integer i) { return 2 * i; } }
