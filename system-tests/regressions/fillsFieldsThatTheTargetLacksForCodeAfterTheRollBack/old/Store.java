package fillsfields;

import java.util.*;

class Store {
    private final Map<String, String> entries = new HashMap<>();
    Store() { this("s"); }
    Store(String name) { super(); }
    String show() { return "store" + entries.size(); }
}
