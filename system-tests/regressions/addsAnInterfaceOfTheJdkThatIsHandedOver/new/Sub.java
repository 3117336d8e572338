package addsaninterfaceofthejdkthatishandedover;

class Sub extends Work {
    Sub() { super("sub"); }
    @Override public void run() { super.run(); super.run(); }
}
