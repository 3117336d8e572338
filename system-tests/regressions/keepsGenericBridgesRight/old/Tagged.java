package keepsgenericbridgesright;

class Tagged extends Box<String> { Tagged(String s) { super(s); } }
