package overridesamethodoftheimageandcallssuper;

class Leaf extends Middle {
    @Override int number() { return 3; }
}
