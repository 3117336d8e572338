package addsadefaultmethodtoaninterface;

class Fancy implements Named { @Override public String name() { return "fancy"; } }
