package dev.hotpatch.patchformat.layerdelta;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A class file seen as its constant pool and the rest (JVM specification, chapter 4). One constant more shifts the numbers of all that follow, so
 * that nearly equal class files differ all over; here the pool's references are told in a way that shifts with it, and the rest of an old
 * class file is rewritten to the numbers of a new pool. Immutable.
 */
final class ClassForm {
    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int NAME_AND_TYPE = 12;
    private static final int METHOD_HANDLE = 15;
    private static final int DYNAMIC = 17;
    private static final int INVOKE_DYNAMIC = 18;

    private final byte[] file;
    /** Of each constant its offset, 0 where there is none. */
    private final int[] offsets;

    private final int rest;

    private ClassForm(byte[] file, int[] offsets, int rest) {
        this.file = file;
        this.offsets = offsets;
        this.rest = rest;
    }

    /** The form of a class file; none for anything else, and for class files too odd to gain by it. */
    static @Nullable ClassForm of(byte[] file) {
        if (file.length < 24 || u4(file, 0) != 0xcafebabe) {
            return null;
        }
        int count = u2(file, 8);
        int[] offsets = new int[count];
        int at = 10;
        for (int i = 1; i < count; i++) {
            if (at >= file.length) {
                return null;
            }
            offsets[i] = at;
            int size = size(file, at);
            if (size == 0 || at + size > file.length) {
                return null;
            }
            if (file[at] == LONG || file[at] == DOUBLE) {
                i++;
            }
            at += size;
        }
        return at + 8 > file.length ? null : new ClassForm(file, offsets, at);
    }

    private static int size(byte[] file, int at) {
        return switch (file[at]) {
            case UTF8 -> at + 3 > file.length ? 0 : 3 + u2(file, at + 1);
            case 3, 4, 9, 10, 11, NAME_AND_TYPE, DYNAMIC, INVOKE_DYNAMIC -> 5;
            case LONG, DOUBLE -> 9;
            case 7, 8, 16, 19, 20 -> 3;
            case METHOD_HANDLE -> 4;
            default -> 0;
        };
    }

    int restStart() {
        return rest;
    }

    /** Where in a constant its references are: offsets as bits, or 0. */
    private static int references(int tag) {
        return switch (tag) {
            case 7, 8, 16, 19, 20 -> 1 << 1;
            case 9, 10, 11, NAME_AND_TYPE -> (1 << 1) | (1 << 3);
            case METHOD_HANDLE -> 1 << 2;
            case DYNAMIC, INVOKE_DYNAMIC -> 1 << 3;
            default -> 0;
        };
    }

    /** The bytes up to the end of the pool; each reference counts back from the first constant that nothing before referred to. */
    byte[] pool() {
        byte[] pool = Arrays.copyOf(file, rest);
        int next = 1;
        for (int i = 1; i < offsets.length; i++) {
            if (offsets[i] == 0) {
                continue;
            }
            int places = references(file[offsets[i]]);
            for (int place = 1; place <= 3; place++) {
                if (((places >> place) & 1) == 0) {
                    continue;
                }
                int reference = u2(file, offsets[i] + place);
                put2(pool, offsets[i] + place, next - reference);
                next = Math.max(next, reference + 1);
            }
        }
        return pool;
    }

    /** Takes back {@link #pool()}. */
    static @Nullable ClassForm ofPool(byte[] pool) {
        byte[] file = Arrays.copyOf(pool, pool.length + 8);
        ClassForm form = of(file);
        if (form == null || form.rest != pool.length) {
            return null;
        }
        int next = 1;
        for (int i = 1; i < form.offsets.length; i++) {
            int places = form.offsets[i] == 0 ? 0 : references(file[form.offsets[i]]);
            for (int place = 1; place <= 3; place++) {
                if (((places >> place) & 1) == 1) {
                    int reference = (next - u2(file, form.offsets[i] + place)) & 0xffff;
                    put2(file, form.offsets[i] + place, reference);
                    next = Math.max(next, reference + 1);
                }
            }
        }
        return form;
    }

    /** The bytes up to the end of the pool, as they are. */
    byte[] start() {
        return Arrays.copyOf(file, rest);
    }

    /** The rest of this class file, with the numbers that the constants have in the pool of {@code other}. */
    byte[] adapted(ClassForm other) {
        int[] map = mapping(other);
        byte[] adapted = Arrays.copyOfRange(file, rest, file.length);
        new ClassReferences(file, rest, this::utf8).visit((offset, wide) -> {
            if (wide) {
                int old = u2(file, offset);
                if (old < map.length && map[old] != 0) {
                    put2(adapted, offset - rest, map[old]);
                }
            } else {
                int old = file[offset] & 0xff;
                if (old < map.length && map[old] != 0 && map[old] < 256) {
                    adapted[offset - rest] = (byte) map[old];
                }
            }
        });
        return adapted;
    }

    private String utf8(int index) {
        if (index <= 0 || index >= offsets.length || offsets[index] == 0 || file[offsets[index]] != UTF8) {
            return "";
        }
        int at = offsets[index];
        return new String(file, at + 3, u2(file, at + 1), StandardCharsets.ISO_8859_1);
    }

    private int[] mapping(ClassForm other) {
        Map<String, Integer> known = new HashMap<>();
        for (int i = other.offsets.length - 1; i > 0; i--) {
            if (other.offsets[i] != 0) {
                known.put(other.text(i, 0), i);
            }
        }
        int[] map = new int[offsets.length];
        for (int i = 1; i < offsets.length; i++) {
            if (offsets[i] != 0) {
                map[i] = known.getOrDefault(text(i, 0), 0);
            }
        }
        // A constant that has changed is likely to be where it was, among its neighbours.
        for (int i = 2; i < offsets.length; i++) {
            if (map[i] == 0 && offsets[i] != 0 && map[i - 1] != 0) {
                int guess = map[i - 1] + 1;
                if (guess < other.offsets.length
                        && other.offsets[guess] != 0
                        && other.file[other.offsets[guess]] == file[offsets[i]]) {
                    map[i] = guess;
                }
            }
        }
        return map;
    }

    private String text(int index, int depth) {
        if (index <= 0 || index >= offsets.length || offsets[index] == 0 || depth > 4) {
            return "?";
        }
        int at = offsets[index];
        int tag = file[at];
        StringBuilder text = new StringBuilder().append((char) tag);
        if (tag == UTF8) {
            return text.append(utf8(index)).toString();
        }
        int places = references(tag);
        int size = size(file, at);
        for (int i = 1; i < size; i++) {
            if (((places >> i) & 1) == 1) {
                text.append(text(u2(file, at + i), depth + 1)).append('\uffff');
                i++;
            } else {
                text.append((char) (file[at + i] & 0xff));
            }
        }
        return text.toString();
    }

    static int u2(byte[] bytes, int at) {
        return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    }

    static int u4(byte[] bytes, int at) {
        return (u2(bytes, at) << 16) | u2(bytes, at + 2);
    }

    private static void put2(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >> 8);
        bytes[at + 1] = (byte) value;
    }
}
