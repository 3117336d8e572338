package blocksanabstract;

class Base {
    static String text() { return new Base().name(); }
    String name() { return "concrete"; }
}
