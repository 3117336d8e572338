package dev.hotpatch.differ.align;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** Which names compilers make up by counting, and what they tell. */
final class NumberedNames {
    /** A part of a class name that begins with a number (most compilers), or ends with one after two lines (Clojure). */
    private static final Pattern CLASS = Pattern.compile("(^|\\$)\\d|__\\d+($|\\$)");

    /** javac and the Eclipse compiler; the hexadecimal number belongs to serialisable lambdas. */
    private static final Pattern LAMBDA = Pattern.compile("lambda\\$(?:(.*?)\\$)??(?:([0-9a-f]{5,})\\$)?\\d+");

    private static final Pattern KOTLIN = Pattern.compile("(.+?)\\$lambda[$-]\\d+.*");
    private static final Pattern SCALA = Pattern.compile("\\$anonfun\\$(.+?)\\$\\d+(?:\\$adapted)?");
    private static final Pattern ACCESS = Pattern.compile("access\\$\\d+");

    /** Tables that are filled once for switches over enums: of javac and Kotlin. */
    private static final List<String> TABLES = List.of("$SwitchMap$", "$EnumSwitchMapping$", "entries$");

    private static final List<String> TABLE_CLASSES = List.of("$WhenMappings", "$EntriesMappings");

    /** What stands before a dollar, and after one, in names of lambdas, accessors and tables. */
    private static final List<byte[]> BEFORE_DOLLAR = bytes("lambda", "access");

    private static final List<byte[]> AFTER_DOLLAR = bytes("lambda", "anonfun$", "SWITCH_TABLE$");

    /** Numbers by value, the rest by text. */
    static final Comparator<String> NATURAL = NumberedNames::compare;

    private NumberedNames() {}

    /** The outermost class, as the name tells. */
    static String outermost(String className) {
        int simple = className.lastIndexOf('/') + 1;
        int dollar = className.indexOf('$', simple + 1);
        return dollar < 0 ? className : className.substring(0, dollar);
    }

    /** True if what follows the name of the enclosing class was numbered. */
    static boolean isNumbered(String rest) {
        return CLASS.matcher(rest).find();
    }

    /** False only if no part of the name can be the compiler's. */
    static boolean mayBeNumberedClass(String className) {
        return CLASS.matcher(className).find() || TABLE_CLASSES.stream().anyMatch(className::endsWith);
    }

    /** False only if nothing in the class file has the name of a lambda, an accessor or a table. */
    static boolean mayHaveNumberedMethods(byte[] classFile) {
        for (int i = 0; i < classFile.length; i++) {
            if (classFile[i] == '$' && mayBeNumberedMethod(classFile, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean mayBeNumberedMethod(byte[] classFile, int dollar) {
        for (byte[] before : BEFORE_DOLLAR) {
            if (isAt(classFile, dollar - before.length, before)) {
                return true;
            }
        }
        for (byte[] after : AFTER_DOLLAR) {
            if (isAt(classFile, dollar + 1, after)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAt(byte[] classFile, int from, byte[] text) {
        return from >= 0
                && from + text.length <= classFile.length
                && Arrays.equals(classFile, from, from + text.length, text, 0, text.length);
    }

    private static List<byte[]> bytes(String... texts) {
        return Stream.of(texts)
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    static boolean isTable(ClassNode node) {
        return TABLE_CLASSES.stream().anyMatch(node.name::endsWith)
                || (!node.fields.isEmpty()
                        && node.fields.stream()
                                .allMatch(field -> (field.access & Opcodes.ACC_STATIC) != 0
                                        && TABLES.stream().anyMatch(field.name::startsWith)));
    }

    /** A class without content: javac's mark on constructors that nested classes may call. */
    static boolean isMarker(ClassNode node) {
        return (node.access & Opcodes.ACC_SYNTHETIC) != 0 && node.fields.isEmpty() && node.methods.isEmpty();
    }

    static boolean isLambda(MethodNode method) {
        boolean synthetic = (method.access & Opcodes.ACC_SYNTHETIC) != 0;
        boolean isStatic = (method.access & Opcodes.ACC_STATIC) != 0;
        return (synthetic && LAMBDA.matcher(method.name).matches())
                || (synthetic && SCALA.matcher(method.name).matches())
                || (isStatic && KOTLIN.matcher(method.name).matches());
    }

    static boolean isAccessor(MethodNode method) {
        return (method.access & Opcodes.ACC_SYNTHETIC) != 0
                && ACCESS.matcher(method.name).matches();
    }

    /** True for lambdas whose name is also written into serialised forms, and is a digest of where they are. */
    static boolean isSerialisable(String methodName) {
        Matcher lambda = LAMBDA.matcher(methodName);
        return lambda.matches() && lambda.group(2) != null;
    }

    /** The method that a lambda was written in; the name itself for other methods. */
    static String enclosing(String methodName) {
        for (Pattern pattern : List.of(LAMBDA, KOTLIN, SCALA)) {
            Matcher matcher = pattern.matcher(methodName);
            if (matcher.matches()) {
                return matcher.group(1) == null ? "" : matcher.group(1);
            }
        }
        return methodName;
    }

    private static int compare(String left, String right) {
        int i = 0;
        int j = 0;
        while (i < left.length() && j < right.length()) {
            int endLeft = digits(left, i);
            int endRight = digits(right, j);
            int order;
            if (endLeft > i && endRight > j) {
                order = endLeft - i != endRight - j
                        ? Integer.compare(endLeft - i, endRight - j)
                        : left.substring(i, endLeft).compareTo(right.substring(j, endRight));
                i = endLeft;
                j = endRight;
            } else {
                order = Character.compare(left.charAt(i++), right.charAt(j++));
            }
            if (order != 0) {
                return order;
            }
        }
        return left.length() - i != right.length() - j
                ? Integer.compare(left.length() - i, right.length() - j)
                : left.compareTo(right);
    }

    private static int digits(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }
}
