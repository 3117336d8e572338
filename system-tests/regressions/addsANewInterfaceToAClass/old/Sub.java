package addsanewinterfacetoaclass;

class Sub extends Work { }
