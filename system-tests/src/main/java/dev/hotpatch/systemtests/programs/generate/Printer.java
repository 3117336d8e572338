package dev.hotpatch.systemtests.programs.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Prints a program as source. */
final class Printer {
    private static final String SUPPORT = """
            package ROOT;
            import java.util.*;
            public final class Rt {
                private Rt() {}
                public interface Named { String name(); }
                public static StringBuilder out = new StringBuilder();
                public static int fuel;
                public static boolean enter(String tag, Object... arguments) {
                    if (fuel-- <= 0) return false;
                    out.append(tag).append(Arrays.toString(arguments)).append('\\n');
                    return true;
                }
                public static Object t(Object value) {
                    out.append(value).append('\\n');
                    return value;
                }
                public static int sum(int... all) {
                    int sum = all.length;
                    for (int one : all) sum += one;
                    return sum;
                }
                public static String fit(String s) {
                    return s == null || s.length() < 40 ? s : s.substring(0, 40);
                }
                public static String cut(String s, int n) {
                    return s == null ? "null" : s.substring(0, Math.min(s.length(), Math.abs(n % 8)));
                }
            }
            """;

    private final Program program;

    private Printer(Program program) {
        this.program = program;
    }

    /** File name to source; without the classes that drive the program. */
    static Map<String, String> print(Program program) {
        Printer printer = new Printer(program);
        Map<String, String> files = new TreeMap<>();
        files.put("Rt.java", SUPPORT.replace("ROOT", program.root));
        program.tops.forEach(top ->
                files.put(top.pack + "/" + top.name + ".java", header(program.root, top.pack) + printer.type(top)));
        return files;
    }

    static String header(String root, String pack) {
        return "package " + root + "." + pack + ";\nimport " + root + ".*;\nimport " + root + ".a.*;\nimport " + root
                + ".b.*;\nimport java.util.*;\nimport java.util.function.*;\n";
    }

    private String type(Type type) {
        StringBuilder text = new StringBuilder(type.access.keyword());
        if (type.outer != null && type.isStatic && type.kind == Type.Kind.CLASS) {
            text.append("static ");
        }
        text.append(type.isAbstract && !type.isInterface() ? "abstract " : "");
        text.append(type.isFinal && type.kind == Type.Kind.CLASS ? "final " : "");
        List<Type> below = program.subtypes(type).stream()
                .filter(sub -> sub.parent == type)
                .toList();
        boolean sealedAbove = type.parent != null && type.parent.isSealed;
        text.append(type.isSealed ? "sealed " : sealedAbove && !type.isFinal ? "non-sealed " : "");
        text.append(
                switch (type.kind) {
                    case CLASS -> "class ";
                    case INTERFACE -> "interface ";
                    case ENUM -> "enum ";
                    case RECORD -> "record ";
                });
        text.append(type.name).append(type.isGeneric ? "<T>" : "");
        if (type.kind == Type.Kind.RECORD) {
            text.append(type.fields.stream()
                    .filter(field -> field.isComponent)
                    .map(field -> field.type + " " + field.name)
                    .collect(Collectors.joining(", ", "(", ")")));
        }
        if (type.parent != null) {
            text.append(" extends ").append(type.parent.use());
        }
        List<String> above =
                new ArrayList<>(type.interfaces.stream().map(Type::use).toList());
        above.addAll(type.others);
        if (!above.isEmpty()) {
            text.append(type.isInterface() ? " extends " : " implements ").append(String.join(", ", above));
        }
        if (type.isSealed) {
            text.append(" permits ").append(below.stream().map(Type::path).collect(Collectors.joining(", ")));
        }
        text.append(" {\n");
        if (type.kind == Type.Kind.ENUM) {
            text.append(String.join(", ", type.constants)).append(";\n");
        }
        type.fields.stream().filter(field -> !field.isComponent).forEach(field -> field(field, text));
        type.methods.forEach(method -> method(method, text));
        reset(type, text);
        type.nested.forEach(inner -> text.append(type(inner)));
        return text.append("}\n").toString();
    }

    private static void field(Field field, StringBuilder text) {
        text.append(field.owner.isInterface() ? "" : field.access.keyword())
                .append(field.isStatic && !field.owner.isInterface() ? "static " : "")
                .append(field.isFinal && !field.owner.isInterface() ? "final " : "")
                .append(field.type)
                .append(' ')
                .append(field.name);
        if (!field.value.text().isEmpty()) {
            text.append(" = ").append(field.value.text());
        }
        text.append(";\n");
        if (!field.block.text().isEmpty()) {
            text.append("static {\n").append(field.block.text()).append("\n}\n");
        }
    }

    static String parameters(Method method) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < method.parameters.size(); i++) {
            Variable parameter = method.parameters.get(i);
            boolean rest = method.isVarargs && i == method.parameters.size() - 1;
            text.append(i == 0 ? "" : ", ")
                    .append(rest ? "int..." : parameter.type)
                    .append(' ')
                    .append(parameter.name);
        }
        return text.toString();
    }

    private void method(Method method, StringBuilder text) {
        Type owner = method.owner;
        if (method.isConstructor()) {
            if (owner.kind == Type.Kind.CLASS || (owner.kind == Type.Kind.RECORD && method.delegate != null)) {
                constructor(method, text);
            }
            return;
        }
        boolean inInterface = owner.isInterface();
        text.append(inInterface && method.access == Access.PUBLIC ? "" : method.access.keyword())
                .append(method.isStatic ? "static " : "")
                .append(method.isAbstract && !inInterface ? "abstract " : "")
                .append(method.isFinal ? "final " : "")
                .append(method.isSynchronized ? "synchronized " : "")
                .append(
                        inInterface && !method.isStatic && !method.isAbstract && method.access == Access.PUBLIC
                                ? "default "
                                : "")
                .append(method.result)
                .append(' ')
                .append(method.name)
                .append('(')
                .append(parameters(method))
                .append(')');
        if (method.isAbstract) {
            text.append(";\n");
            return;
        }
        text.append(" {\n");
        if (!method.isMaker) {
            text.append("if (!Rt.enter(\"").append(method.tag()).append('"');
            method.parameters.forEach(parameter -> text.append(", ")
                    .append(parameter.type.equals("int[]") ? parameter.name + ".length" : parameter.name));
            text.append(")) return ").append(Values.none(method.result)).append(";\n");
        }
        method.body.forEach(statement -> text.append(statement.code().text()).append('\n'));
        if (!method.result.equals("void")) {
            text.append("return ").append(method.returned.text()).append(";\n");
        }
        text.append("}\n");
    }

    private static void constructor(Method method, StringBuilder text) {
        text.append(method.access.keyword())
                .append(method.owner.name)
                .append('(')
                .append(parameters(method))
                .append(") {\n");
        if (method.delegate != null) {
            text.append(method.delegatesToThis() ? "this(" : "super(")
                    .append(method.delegateArguments.stream().map(Code::text).collect(Collectors.joining(", ")))
                    .append(");\n");
        }
        if (!method.delegatesToThis()) {
            method.owner.fields.stream()
                    .filter(Field::isBlankFinal)
                    .forEach(field -> text.append("this.")
                            .append(field.name)
                            .append(" = ")
                            .append(method.finals
                                    .getOrDefault(field, Code.of(Values.simple(field.type)))
                                    .text())
                            .append(";\n"));
        }
        text.append("if (Rt.enter(\"").append(method.tag()).append('"');
        method.parameters.forEach(parameter -> text.append(", ").append(parameter.name));
        text.append(")) {\n");
        method.body.forEach(statement -> text.append(statement.code().text()).append('\n'));
        text.append("}\n}\n");
    }

    private static void reset(Type type, StringBuilder text) {
        if (type.mayHaveStatics() && !type.isInterface()) {
            text.append("public static void reset() {\n");
            type.nested.stream()
                    .filter(Type::mayHaveStatics)
                    .forEach(inner -> text.append(inner.name).append(".reset();\n"));
            type.fields.stream()
                    .filter(field -> field.isStatic && field.isAssigned)
                    .forEach(field -> text.append(field.name)
                            .append(" = ")
                            .append(field.value.text())
                            .append(";\n"));
            text.append("}\n");
        }
    }
}
