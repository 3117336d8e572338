package keepsgenericbridgesright;

class Tagged extends Box<String> {
    Tagged(String s) { super(s); }
    @Override String get() { return "tag " + super.get(); }
    @Override Tagged with(String s) { return new Tagged(value + s); }
}
