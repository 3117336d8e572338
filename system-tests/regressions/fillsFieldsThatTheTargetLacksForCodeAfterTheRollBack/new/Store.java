package fillsfields;

class Store {
    Store() { this(3); }
    Store(int added) { super(); }
    Store(String name) { super(); }
    String show() { return "store0"; }
}
