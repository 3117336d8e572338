package overridesamethodthatanunchangedclasscalls;

class Leaf extends Base {
    private final String mark = "m";
    @Override protected String draw() { return mark + super.draw(); }
}
