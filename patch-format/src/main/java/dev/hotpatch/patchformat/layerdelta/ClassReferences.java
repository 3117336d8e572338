package dev.hotpatch.patchformat.layerdelta;

import static dev.hotpatch.patchformat.layerdelta.ClassForm.u2;
import static dev.hotpatch.patchformat.layerdelta.ClassForm.u4;

import java.util.function.IntFunction;

/**
 * Finds the numbers of constants behind the constant pool of a class file (JVM specification, chapter 4). What it does not know it passes over, and where
 * the file makes no sense it stops: a number that is missed costs a few bytes of a delta and nothing else.
 */
final class ClassReferences {
    /** Is told where a number of a constant is: two bytes, or one. */
    @FunctionalInterface
    interface Visitor {
        void reference(int offset, boolean wide);
    }

    private static final int MAX_DEPTH = 8;

    private final byte[] file;
    private final int start;
    private final IntFunction<String> names;

    /**
     * @param start where the constant pool ends
     * @param names text of the constant with that number
     */
    ClassReferences(byte[] file, int start, IntFunction<String> names) {
        this.file = file;
        this.start = start;
        this.names = names;
    }

    void visit(Visitor visitor) {
        try {
            Walk walk = new Walk(visitor);
            walk.at = start + 2;
            walk.refs(2);
            walk.list(() -> walk.refs(1));
            walk.list(walk::member);
            walk.list(walk::member);
            walk.attributes(0);
        } catch (IndexOutOfBoundsException e) {
            // As far as it made sense.
        }
    }

    private final class Walk {
        private final Visitor visitor;
        private int at;

        Walk(Visitor visitor) {
            this.visitor = visitor;
        }

        int number() {
            int value = u2(file, at);
            at += 2;
            return value;
        }

        void refs(int count) {
            for (int i = 0; i < count; i++) {
                visitor.reference(at, true);
                u2(file, at);
                at += 2;
            }
        }

        void list(Runnable element) {
            int count = number();
            for (int i = 0; i < count; i++) {
                element.run();
            }
        }

        void member() {
            at += 2;
            refs(2);
            attributes(0);
        }

        void attributes(int depth) {
            int count = number();
            for (int i = 0; i < count; i++) {
                String name = names.apply(u2(file, at));
                refs(1);
                int length = u4(file, at);
                at += 4;
                int end = at + length;
                if (length < 0 || end > file.length) {
                    throw new IndexOutOfBoundsException();
                }
                if (depth < MAX_DEPTH) {
                    attribute(name, end, depth);
                }
                at = end;
            }
        }

        private void attribute(String name, int end, int depth) {
            switch (name) {
                case "Code" -> {
                    at += 4;
                    int length = u4(file, at);
                    at += 4;
                    code(at, at + length);
                    at += length;
                    list(() -> {
                        at += 6;
                        refs(1);
                    });
                    attributes(depth + 1);
                }
                case "ConstantValue", "Signature", "SourceFile", "NestHost", "ModuleMainClass" -> refs(1);
                case "Exceptions", "NestMembers", "PermittedSubclasses", "ModulePackages" -> list(() -> refs(1));
                case "EnclosingMethod" -> refs(2);
                case "InnerClasses" ->
                    list(() -> {
                        refs(3);
                        at += 2;
                    });
                case "LocalVariableTable", "LocalVariableTypeTable" ->
                    list(() -> {
                        at += 4;
                        refs(2);
                        at += 2;
                    });
                case "MethodParameters" -> {
                    int count = file[at++] & 0xff;
                    for (int i = 0; i < count; i++) {
                        refs(1);
                        at += 2;
                    }
                }
                case "BootstrapMethods" ->
                    list(() -> {
                        refs(1);
                        list(() -> refs(1));
                    });
                case "Record" ->
                    list(() -> {
                        refs(2);
                        attributes(depth + 1);
                    });
                case "RuntimeVisibleAnnotations", "RuntimeInvisibleAnnotations" -> list(() -> annotation(0));
                case "RuntimeVisibleParameterAnnotations", "RuntimeInvisibleParameterAnnotations" -> {
                    int count = file[at++] & 0xff;
                    for (int i = 0; i < count; i++) {
                        list(() -> annotation(0));
                    }
                }
                case "AnnotationDefault" -> element(0);
                case "StackMapTable" -> list(this::frame);
                default -> at = end;
            }
        }

        private void annotation(int depth) {
            refs(1);
            list(() -> {
                refs(1);
                element(depth + 1);
            });
        }

        private void element(int depth) {
            if (depth > MAX_DEPTH) {
                throw new IndexOutOfBoundsException();
            }
            switch (file[at++]) {
                case 'e' -> refs(2);
                case '@' -> annotation(depth + 1);
                case '[' -> list(() -> element(depth + 1));
                default -> refs(1);
            }
        }

        private void frame() {
            int type = file[at++] & 0xff;
            if (type >= 64 && type < 128) {
                types(1);
            } else if (type == 247) {
                at += 2;
                types(1);
            } else if (type >= 248 && type <= 251) {
                at += 2;
            } else if (type >= 252 && type <= 254) {
                at += 2;
                types(type - 251);
            } else if (type == 255) {
                at += 2;
                types(number());
                types(number());
            }
        }

        private void types(int count) {
            for (int i = 0; i < count; i++) {
                int tag = file[at++];
                if (tag == 7) {
                    refs(1);
                } else if (tag == 8) {
                    at += 2;
                }
            }
        }

        private void code(int from, int to) {
            int pc = from;
            while (pc < to) {
                int opcode = file[pc] & 0xff;
                switch (opcode) {
                    case 18 -> visitor.reference(pc + 1, false);
                    case 19, 20, 178, 179, 180, 181, 182, 183, 184, 185, 186, 187, 189, 192, 193, 197 ->
                        visitor.reference(pc + 1, true);
                    default -> {}
                }
                pc += length(opcode, pc, from);
            }
        }

        private int length(int opcode, int pc, int from) {
            return switch (opcode) {
                case 16, 18, 21, 22, 23, 24, 25, 54, 55, 56, 57, 58, 169, 188 -> 2;
                case 17, 19, 20, 132, 178, 179, 180, 181, 182, 183, 184, 187, 189, 192, 193, 198, 199 -> 3;
                case 197 -> 4;
                case 185, 186, 200, 201 -> 5;
                case 196 -> (file[pc + 1] & 0xff) == 132 ? 6 : 4;
                case 170 -> {
                    int base = pc + 4 - (pc - from & 3);
                    long cases = (long) u4(file, base + 8) - u4(file, base + 4) + 1;
                    yield jumpTable(base + 12 - pc, cases, 4);
                }
                case 171 -> {
                    int base = pc + 4 - (pc - from & 3);
                    yield jumpTable(base + 8 - pc, u4(file, base + 4), 8);
                }
                default -> opcode >= 153 && opcode <= 168 ? 3 : 1;
            };
        }

        private int jumpTable(int head, long cases, int each) {
            if (cases < 0 || cases > file.length) {
                throw new IndexOutOfBoundsException();
            }
            return head + (int) cases * each;
        }
    }
}
