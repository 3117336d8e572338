package removesamethodthathidaninheritedone;

class Leaf extends Middle { @Override protected String greet(int n) { return "leaf" + super.greet(n + 1); } }
