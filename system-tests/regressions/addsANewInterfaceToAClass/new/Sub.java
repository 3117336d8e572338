package addsanewinterfacetoaclass;

class Sub extends Work { @Override public int tax() { return 1; } }
