package overridesamethodthatanunchangedclasscalls;

class Frame { String paint(Base b) { return "[" + b.draw() + "]"; } }
