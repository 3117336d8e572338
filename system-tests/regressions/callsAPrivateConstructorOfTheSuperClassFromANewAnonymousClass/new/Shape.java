package callsaprivate;

import java.util.function.Function;

class Shape {
    private final String name;
    Shape(String name) { this.name = name; }
    Shape(String[] names) { this(names.length, 9L); }
    private Shape(int corners, long area) { this(corners + "|" + area); }
    static Shape make(int n) {
        Function<Long, Shape> maker = area -> new Shape(n, area) {
            @Override String text() { return "special " + super.text() + new Shape(new String[n]).name + new Shape(1, 2).name; }
        };
        return maker.apply(7L);
    }
    String text() { return "shape " + name; }
}
