package addsanewinterfacetoaclass;

class Work implements Priced { public String plain() { return "plain"; } @Override public int price(int n) { return 100 * n; } }
