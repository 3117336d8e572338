package addsadefaultmethodtoaninterface;

class Plain implements Named { @Override public String name() { return "plain"; } }
