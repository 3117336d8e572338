package switchesonanenumwhereitdidnot;

class Work { String of(Color c) { return c.name() + c.code(); } }
