package addsavirtualmethodthatsubclassesoverride;

class Shape { String name() { return "shape"; } }
