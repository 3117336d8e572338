package dev.hotpatch.systemtests.programs.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Writes the classes that run all of a program: one in each package, since each sees other members. */
final class Driver {
    private static final int FUEL = 25;

    private final Program program;
    private final boolean strict;

    private Driver(Program program, boolean strict) {
        this.program = program;
        this.strict = strict;
    }

    /**
     * Adds {@code a/Main.java} and {@code b/Drive.java}.
     *
     * @param strict whether what is kept over the patch must have the state that a new one would have
     */
    static void addTo(Map<String, String> files, Program program, boolean strict) {
        Driver driver = new Driver(program, strict);
        files.put("a/Main.java", driver.source("a", "Main"));
        files.put("b/Drive.java", driver.source("b", "Drive"));
    }

    private String source(String pack, String name) {
        Type place = new Type(pack, name, Type.Kind.CLASS, null);
        StringBuilder text = new StringBuilder(Printer.header(program.root, pack));
        text.append("public class ").append(name).append(" {\n");
        text.append("static void thrown(Throwable t) { Rt.t(\"thrown \" + t); }\n");
        text.append("public static void reset() {\n");
        program.types().stream()
                .filter(type -> type.mayHaveStatics() && !type.isInterface() && type.isVisibleFrom(place))
                .filter(type -> type.pack.equals(pack))
                .forEach(type -> text.append(type.path()).append(".reset();\n"));
        text.append("}\n");
        List<String> calls = calls(place);
        text.append("static void go(int step) {\nRt.fuel = ").append(FUEL).append(";\nswitch (step) {\n");
        for (int i = 0; i < calls.size(); i++) {
            text.append("case ").append(i).append(": ").append(calls.get(i)).append(" break;\n");
        }
        text.append("default: break;\n}\n}\npublic static void all() {\nfor (int i = 0; i < ")
                .append(calls.size())
                .append("; i++) {\ntry { go(i); } catch (Throwable t) { thrown(t); }\n}\n}\n");
        if (pack.equals("a")) {
            text.append("public static void run(StringBuilder trace) {\nRt.out = trace;\nreset();\nDrive.reset();\n")
                    .append("all();\nDrive.all();\n}\n");
            held(place, text);
        }
        return text.append("}\n").toString();
    }

    private List<String> calls(Type place) {
        List<String> calls = new ArrayList<>();
        for (Type type : program.types()) {
            if (!type.isVisibleFrom(place)) {
                continue;
            }
            for (Method method : type.methods) {
                // The arguments of a method that both versions have must be the same.
                Random random = new Random(method.tag().replace("'", "").hashCode());
                Expressions at = new Expressions(program, random, place, true, List.of(), true);
                Optional<Code> call = method.isConstructor() ? at.creation(method, 0) : call(at, method);
                call.ifPresent(code -> calls.add(
                        method.result.equals("void")
                                ? code.text() + ";"
                                : method.isConstructor() ? shown(code.text()) : "Rt.t(" + code.text() + ");"));
            }
        }
        return calls;
    }

    private static String shown(String creation) {
        return "Rt.t(" + creation + " != null);";
    }

    private static Optional<Code> call(Expressions at, Method method) {
        return method.isAbstract || method.name.equals("toString") ? Optional.empty() : at.call(method, 0);
    }

    private void held(Type place, StringBuilder text) {
        text.append("public static Object hold() {\nRt.out = new StringBuilder();\nreset();\nDrive.reset();\n")
                .append("Map<String, Supplier<String>> held = new TreeMap<>();\n");
        for (Type type : program.types()) {
            for (Method method : type.methods) {
                if (method.isMaker && !type.isAbstract) {
                    Expressions at =
                            new Expressions(program, new Random(method.name.hashCode()), place, true, List.of(), true);
                    type.constructors()
                            .findFirst()
                            .flatMap(c -> at.creation(c, 0))
                            .ifPresent(made -> text.append("try { Rt.fuel = ")
                                    .append(FUEL)
                                    .append("; held.put(\"")
                                    .append(method.name)
                                    .append("\", ")
                                    .append(made.text())
                                    .append('.')
                                    .append(method.name)
                                    .append("(3)); } catch (IllegalStateException e) { held.remove(\"none\"); }\n"));
                }
            }
        }
        text.append("return held;\n}\npublic static void use(Object held, StringBuilder trace) {\n")
                .append("Rt.out = new StringBuilder();\nreset();\nDrive.reset();\nRt.fuel = ")
                .append(FUEL)
                .append(";\nfor (Map.Entry<?, ?> e : ((Map<?, ?>) held).entrySet()) {\n")
                .append("String s = (String) ((Supplier<?>) e.getValue()).get();\n")
                .append("trace.append(e.getKey()).append(\".tag=\").append(s, 0, s.indexOf('|')).append('\\n');\n")
                .append(strict ? "trace.append(e.getKey()).append('=').append(s).append('\\n');\n" : "")
                .append("}\n}\n");
    }
}
