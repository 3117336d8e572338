package overridesamethodthatanunchangedclasscalls;

class Leaf extends Base { private final String mark = "m"; }
