package addsadefaultmethodtoaninterface;

class Fancy implements Named {
    @Override public String name() { return "fancy"; }
    @Override public String full(String title) { return "~" + Named.super.full(title) + "~"; }
}
