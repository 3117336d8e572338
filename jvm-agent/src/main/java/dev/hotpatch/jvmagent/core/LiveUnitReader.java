package dev.hotpatch.jvmagent.core;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The strict reader of live.zip, patch format section 2. */
final class LiveUnitReader {
    private static final String INDEX = "hotpatch/index";
    private static final List<String> KINDS = Arrays.asList("unit", "redefine", "keep", "new", "effect");
    private static final Set<String> EFFECTS = new HashSet<>(Arrays.asList(
            LiveUnit.Effect.APPLY, LiveUnit.Effect.PROBE, LiveUnit.Effect.ROLLBACK, LiveUnit.Effect.DROP));
    private static final int MAX_UNITS = 65_535;
    private static final int MAX_EFFECTS = 65_535;
    private static final int MAX_NAME_BYTES = 65_535;
    private static final int MAX_RELEASE = 999;
    private static final long MAX_FILE = ZipReader.MAX_TOTAL + (32L << 20);

    private final Map<String, byte[]> classes = new HashMap<>();
    private final Map<String, ClassFile> headers = new HashMap<>();
    private final Set<String> used = new HashSet<>();
    private final Set<String> effects = new HashSet<>();
    /** Units in which other releases of Java get a new class. */
    private final Map<String, BitSet> elsewhere = new HashMap<>();

    private final int release;
    private int units;

    private LiveUnitReader(int release) {
        this.release = release;
    }

    /** Reads the file, whose SHA-256 must be {@code sha256} unless that is null. */
    static LiveUnit read(String path, @Nullable String sha256) throws Refusal {
        File file = new File(path);
        long length = file.length();
        if (length == 0 || length > MAX_FILE) {
            throw bad(path + ": 1 to " + MAX_FILE + " bytes expected, found " + length
                    + (file.exists() ? "" : "; there is no such file in this JVM's file system"));
        }
        byte[] zip = new byte[(int) length];
        try (InputStream in = new FileInputStream(file)) {
            int n = 0;
            for (int step = 0; n < zip.length && step >= 0; n += Math.max(step, 0)) {
                step = in.read(zip, n, zip.length - n);
            }
            if (n < zip.length || in.read() >= 0) {
                throw bad(path + ": the file changed while it was read");
            }
        } catch (IOException e) {
            throw new Refusal(Refusal.BAD_ARCHIVE, "live unit " + path + " cannot be read: " + e, e);
        }
        String found = Sha256.of(zip);
        if (sha256 != null && !sha256.equals(found)) {
            throw new Refusal(Refusal.DIGEST_MISMATCH, path + ": sha256 " + sha256 + " expected, found " + found);
        }
        return parse(zip);
    }

    static LiveUnit parse(byte[] zip) throws Refusal {
        return parse(zip, release());
    }

    /** What the unit is to a JVM of that release of Java. */
    static LiveUnit parse(byte[] zip, int release) throws Refusal {
        return new LiveUnitReader(release).unit(ZipReader.read(zip));
    }

    /** The feature release of Java that runs this; 8 calls itself 1.8. */
    private static int release() {
        String version = System.getProperty("java.specification.version", "1.8");
        return Math.max(8, number(version.startsWith("1.") ? version.substring(2) : version));
    }

    private LiveUnit unit(Map<String, byte[]> entries) throws Refusal {
        Iterator<Map.Entry<String, byte[]>> rest = entries.entrySet().iterator();
        Map.Entry<String, byte[]> index = rest.hasNext() ? rest.next() : null;
        if (index == null || !index.getKey().equals(INDEX)) {
            throw bad("the first entry is not " + INDEX);
        }
        String before = "";
        while (rest.hasNext()) {
            Map.Entry<String, byte[]> entry = rest.next();
            if (entry.getKey().compareTo(before) <= 0) {
                throw bad("entry " + entry.getKey() + " is not in order");
            }
            before = entry.getKey();
            addClass(entry.getKey(), entry.getValue());
        }
        return lines(index.getValue());
    }

    private void addClass(String entry, byte[] bytes) throws Refusal {
        String digest = Sha256.of(bytes);
        String expected = "classes/" + digest + ".class";
        if (!entry.equals(expected)) {
            throw bad("entry " + entry + " has the content of " + expected);
        }
        classes.put(digest, bytes);
        headers.put(digest, ClassFile.read(bytes));
    }

    private LiveUnit lines(byte[] index) throws Refusal {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(index))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Refusal(Refusal.BAD_ARCHIVE, "live unit: the index is not UTF-8", e);
        }
        if (!text.endsWith("\n")) {
            throw bad("the index does not end with a line feed");
        }
        String[] lines = text.split("\n", -1);
        if (!lines[0].equals("hotpatch-live\t1")) {
            throw bad("hotpatch-live version 1 expected, found: " + brief(lines[0]));
        }
        String[] patch = lines[1].split("\t", -1);
        if (patch.length != 2 || !patch[0].equals("patch") || !Sha256.isHex(patch[1])) {
            throw bad("a patch line expected, found: " + brief(lines[1]));
        }
        // Both lines are ASCII by now, so that characters are bytes.
        String found = Sha256.of(index, lines[0].length() + lines[1].length() + 2, index.length);
        if (!found.equals(patch[1])) {
            throw bad("the index says that it is patch " + patch[1] + " and is " + found);
        }
        LiveUnit unit = new LiveUnit(patch[1], classes);
        int kind = 0;
        String before = "";
        // The text ends with a line feed, so the last piece is empty.
        for (int i = 2; i < lines.length - 1; i++) {
            String[] fields = lines[i].split("\t", -1);
            int k = KINDS.indexOf(fields[0]);
            // Units are counted, hence in order by themselves; "10" sorts before "9".
            if (k < kind || (k == kind && k > 0 && lines[i].compareTo(before) <= 0) || !line(unit, k, fields)) {
                throw bad("line " + (i + 1) + " of the index is unknown, out of order or contradicts another: "
                        + brief(lines[i]));
            }
            kind = k;
            before = lines[i];
        }
        if (used.size() != classes.size()) {
            Set<String> unused = new HashSet<>(classes.keySet());
            unused.removeAll(used);
            throw bad("class " + unused.iterator().next() + " is in the archive, but no line of the index names it");
        }
        return unit;
    }

    /** Takes one line in; false if it is malformed or contradicts another. */
    private boolean line(LiveUnit unit, int kind, String[] f) throws Refusal {
        switch (kind) {
            case 0:
                return f.length == 3 && f[1].equals(Integer.toString(units++)) && units <= MAX_UNITS && isText(f[2]);
            case 1:
                if (f.length < 5 || f.length > 6 || !isText(f[1]) || !Sha256.isHex(f[2])) {
                    return false;
                }
                LiveUnit.Redefine redefine = new LiveUnit.Redefine(f[2], use(f[1], f[3]), units(f[4]));
                return !isHere(f, 5) || unit.addRedefine(f[1], redefine);
            case 2:
                return f.length == 3 && isText(f[1]) && Sha256.isHex(f[2]) && unit.addKeep(f[1], f[2]);
            case 3:
                if (f.length < 4 || f.length > 5 || !isText(f[1])) {
                    return false;
                }
                String digest = use(f[1], f[2]);
                ClassFile header = headers.get(digest);
                if (header == null) {
                    return false;
                }
                LiveUnit.NewClass added = new LiveUnit.NewClass(digest, units(f[3]), header);
                if (isHere(f, 4)) {
                    unit.addNew(added);
                } else {
                    added.units.or(elsewhere.getOrDefault(f[1], new BitSet()));
                    elsewhere.put(f[1], added.units);
                }
                return true;
            default:
                return f.length == 5
                        && EFFECTS.contains(f[1])
                        && effects.add(f[1] + "\t" + f[2] + "\t" + f[3])
                        && effects.size() <= MAX_EFFECTS
                        && isMethod(f[3])
                        && unit.addEffect(
                                new LiveUnit.Effect(f[1], f[2], f[3], units(f[4])),
                                elsewhere.getOrDefault(f[2], new BitSet()));
        }
    }

    /** Whether a line is for the release of Java that runs this; one without the field after the others is for all. */
    private boolean isHere(String[] fields, int others) throws Refusal {
        if (fields.length == others) {
            return true;
        }
        String text = fields[others];
        int dash = text.indexOf('-');
        int from = dash <= 0 ? 0 : number(text.substring(0, dash));
        int last = dash == text.length() - 1 ? MAX_RELEASE : number(text.substring(dash + 1));
        boolean bad = dash < 0
                || text.length() < 2
                || from < 0
                || (from == 0 && dash != 0)
                || last < Math.max(from, 1)
                || last > MAX_RELEASE
                || (last == MAX_RELEASE && dash != text.length() - 1);
        if (bad) {
            throw bad("releases of Java as 9-, -8 or 9-16 expected, found: " + brief(text));
        }
        return from <= release && release <= last;
    }

    /** Notes that a line needs this class file, and checks that the class file is there and is of that class. */
    private String use(String name, String digest) throws Refusal {
        ClassFile header = headers.get(digest);
        if (header == null) {
            throw bad("class file " + brief(digest) + " of " + brief(name) + " is missing");
        }
        if (!header.name.equals(name)) {
            throw bad("class file " + digest + " is of " + brief(header.name) + ", the index says " + brief(name));
        }
        used.add(digest);
        return digest;
    }

    private BitSet units(String field) throws Refusal {
        BitSet set = new BitSet();
        int last = -1;
        for (String number : field.split(",", -1)) {
            int n = number(number);
            if (n <= last || n >= units) {
                throw bad("unit numbers below " + units + ", ascending, expected, found: " + brief(field));
            }
            set.set(n);
            last = n;
        }
        return set;
    }

    /** A decimal number of at most five digits in its shortest form, or -1; without a regular expression for every line. */
    private static int number(String text) {
        int n = text.isEmpty() || text.length() > 5 || (text.length() > 1 && text.charAt(0) == '0') ? -1 : 0;
        for (int i = 0; i < text.length() && n >= 0; i++) {
            char c = text.charAt(i);
            n = c >= '0' && c <= '9' ? n * 10 + (c - '0') : -1;
        }
        return n;
    }

    private static boolean isText(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty() && text.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME_BYTES;
    }

    /** Neither a constructor nor an initialiser; whether there is such a method the class file says. */
    private static boolean isMethod(String text) {
        return isText(text) && text.indexOf('<') < 0 && text.indexOf('(') < 0;
    }

    private static String brief(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }

    private static Refusal bad(String problem) {
        return new Refusal(Refusal.BAD_ARCHIVE, "live unit: " + problem);
    }
}
