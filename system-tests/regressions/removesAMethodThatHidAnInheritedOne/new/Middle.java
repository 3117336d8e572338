package removesamethodthathidaninheritedone;

class Middle extends Base { }
