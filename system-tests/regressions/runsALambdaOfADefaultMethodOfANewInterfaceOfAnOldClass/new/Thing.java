package runsalambda;

class Thing implements Greeting { public String name() { return "thing"; } }
