package overridesamethodoftheimageandcallssuper;

class Middle extends Base {
    @Override int number() { return 2; }
    @Override String greet(String who) { return "middle(" + super.greet(who + number()) + ")"; }
}
