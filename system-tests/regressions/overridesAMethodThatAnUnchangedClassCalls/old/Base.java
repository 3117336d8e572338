package overridesamethodthatanunchangedclasscalls;

class Base { protected String draw() { return "base"; } }
