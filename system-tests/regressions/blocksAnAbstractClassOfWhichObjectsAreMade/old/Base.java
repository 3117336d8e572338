package blocksanabstract;

abstract class Base {
    static String text() { return new Base() {}.name(); }
    String name() { return "base"; }
}
