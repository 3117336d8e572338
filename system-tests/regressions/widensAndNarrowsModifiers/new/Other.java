package widensandnarrowsmodifiers;

class Other { String go(int n) { return new Work().go(n); } }
