package fillsfields;

enum Level {
    LOW, HIGH;
    private final double weight = 1.5;
    String show() { return name() + weight; }
}
