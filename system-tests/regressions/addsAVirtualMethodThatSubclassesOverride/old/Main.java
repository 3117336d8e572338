package addsavirtualmethodthatsubclassesoverride;

public class Main {
    public static void run(StringBuilder trace) {
        for (Shape s : new Shape[] {new Shape(), new Square(2), new Rounded(3)}) {
            trace.append(s.name()).append('\n');
        }
    }
}
