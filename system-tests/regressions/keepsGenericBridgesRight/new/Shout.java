package keepsgenericbridgesright;

class Shout implements Step<String> { @Override public String apply(String s) { return s + "!"; } }
