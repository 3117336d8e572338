package dev.hotpatch.systemtests.programs.generate;

import java.util.List;
import java.util.Random;

/** Types of values and literals of them. */
final class Values {
    static final List<String> TYPES =
            List.of("int", "int", "int", "String", "String", "long", "boolean", "double", "Object");
    static final String MAKER = "Supplier<String>";

    private Values() {}

    /** A type for a field, parameter or result. */
    static String type(Random random) {
        return Program.pick(random, TYPES);
    }

    /** The plainest value that is not null. */
    static String simple(String type) {
        return switch (type) {
            case "int" -> "0";
            case "long" -> "0L";
            case "double" -> "0.5";
            case "boolean" -> "false";
            case "void" -> "";
            case "int[]" -> "new int[] {1}";
            case "List<String>" -> "new ArrayList<String>()";
            // With the cast it is clear which constructor is meant.
            case "Object" -> "(Object) \"\"";
            case MAKER -> "() -> \"none|\"";
            default -> "\"\"";
        };
    }

    static String literal(String type, Random random) {
        int n = random.nextInt(100);
        return switch (type) {
            case "int" -> Integer.toString(n);
            case "long" -> (n << 3) + "L";
            case "double" -> n / 2 + ".5";
            case "boolean" -> Boolean.toString(n % 2 == 0);
            case "int[]" -> "new int[] {" + n + ", " + n / 3 + "}";
            case "List<String>" -> "new ArrayList<String>(Arrays.asList(\"e" + n + "\"))";
            case "Object" -> "(Object) " + (n % 2 == 0 ? "\"o" + n + "\"" : n);
            case MAKER -> "() -> \"s" + n + "\"";
            default -> "\"s" + n + "\"";
        };
    }

    /** What a method returns that was called too often. */
    static String none(String type) {
        return switch (type) {
            case "int" -> "-1";
            case "long" -> "-1L";
            case "double" -> "-0.5";
            case "boolean" -> "false";
            case "void" -> "";
            default -> "null";
        };
    }
}
