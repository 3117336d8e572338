package switchesonanenumwhereitdidnot;

enum Color { RED, GREEN { @Override int code() { return 77; } }, BLUE; int code() { return ordinal(); } }
