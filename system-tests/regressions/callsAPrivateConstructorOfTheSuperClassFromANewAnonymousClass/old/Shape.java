package callsaprivate;

import java.util.function.Function;

class Shape {
    private final String name;
    Shape(String name) { this.name = name; }
    private Shape(int corners, long area) { this(corners + "/" + area); }
    static Shape make(int n) {
        Function<Long, Shape> maker = area -> new Shape(n, area);
        return maker.apply(7L);
    }
    String text() { return "shape " + name; }
}
