package addsadefaultmethodtoaninterface;

interface Named {
    String name();
    default String full(String title) { return title + " " + part(); }
    private String part() { return name().toUpperCase(); }
    static int count(Named n) { return n.name().length(); }
}
