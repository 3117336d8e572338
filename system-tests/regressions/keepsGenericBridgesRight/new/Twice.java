package keepsgenericbridgesright;

class Twice implements Step<Integer> {
    @Override public Integer apply(Integer i) { return 2 * i; }
    @Override public Integer twice(Integer i) { return Step.super.twice(i) + 1; }
}
