package runsalambda;

class Thing { public String name() { return "thing"; } }
