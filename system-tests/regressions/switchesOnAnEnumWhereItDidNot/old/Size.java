package switchesonanenumwhereitdidnot;

enum Size { SMALL, LARGE }
