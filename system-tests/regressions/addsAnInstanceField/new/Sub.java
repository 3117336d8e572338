package addsaninstancefield;

class Sub extends Work {
    Sub(String name) { super(name); all.add(-1); }
    @Override String show() { return "sub" + all.size() + super.show(); }
}
