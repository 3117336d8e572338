package switchesonalonger;

import java.util.function.Supplier;

class Palette {
    Supplier<String> twice() {
        return () -> "lambda";
    }
    /** Only the number of the class with the table differs between the versions. */
    static class Inner {
        static String name(Color color) {
            switch (color) {
                case RED: return "red";
                case GREEN: return "green";
                default: return "other";
            }
        }
    }
}
