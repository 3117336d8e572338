package overridesamethodoftheimageandcallssuper;

class Middle extends Base {
    @Override int number() { return 2; }
}
