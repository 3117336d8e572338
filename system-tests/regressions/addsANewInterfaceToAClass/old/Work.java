package addsanewinterfacetoaclass;

class Work { public String plain() { return "plain"; } }
