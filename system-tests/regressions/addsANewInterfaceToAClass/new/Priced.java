package addsanewinterfacetoaclass;

interface Priced { int price(int n); default int tax() { return price(1) / 10; } }
