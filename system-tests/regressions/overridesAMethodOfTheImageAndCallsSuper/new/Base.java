package overridesamethodoftheimageandcallssuper;

class Base {
    String greet(String who) { return "base " + who; }
    int number() { return 1; }
}
