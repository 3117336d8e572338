package overridesamethodoftheimageandcallssuper;

class Leaf extends Middle {
    @Override int number() { return super.number() * 10; }
    @Override String greet(String who) { return "leaf(" + super.greet(who) + ")"; }
}
