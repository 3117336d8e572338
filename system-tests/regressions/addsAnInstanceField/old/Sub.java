package addsaninstancefield;

class Sub extends Work {
    Sub(String name) { super(name); }
}
