package dev.hotpatch.patchformat.trust;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A block of the textual encoding of keys (RFC 7468).
 *
 * @param label the words after BEGIN
 * @param content what the Base64 says
 */
record Pem(String label, byte[] content) {
    /** Nothing larger is read. */
    static final int MAX_BYTES = 64 * 1024;

    private static final int MAX_BLOCKS = 64;
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    /** All blocks of a file, in its order; text between them is skipped, as the RFC asks. */
    static List<Pem> parse(byte[] file) throws KeyFileException {
        if (file.length > MAX_BYTES) {
            throw new KeyFileException("key file: " + file.length + " bytes, at most " + MAX_BYTES + " are read");
        }
        List<Pem> blocks = new ArrayList<>();
        String label = null;
        StringBuilder base64 = new StringBuilder();
        for (String raw : new String(file, StandardCharsets.US_ASCII).split("\r?\n", -1)) {
            String line = raw.strip();
            if (label == null) {
                if (line.startsWith(BEGIN) && line.endsWith(DASHES) && line.length() > BEGIN.length() + 5) {
                    label = line.substring(BEGIN.length(), line.length() - DASHES.length());
                }
            } else if (line.equals(END + label + DASHES)) {
                blocks.add(new Pem(label, decode(base64)));
                if (blocks.size() > MAX_BLOCKS) {
                    throw new KeyFileException("key file: more than " + MAX_BLOCKS + " PEM blocks");
                }
                label = null;
                base64.setLength(0);
            } else {
                base64.append(line);
            }
        }
        if (label != null) {
            throw new KeyFileException("key file: the block " + label + " has no end line");
        }
        if (blocks.isEmpty()) {
            throw new KeyFileException("key file: no PEM block found, expected a line -----BEGIN …-----");
        }
        return blocks;
    }

    /** The text of this block, 64 characters a line. */
    byte[] encode() {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return (BEGIN + label + DASHES + "\n" + body + "\n" + END + label + DASHES + "\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] decode(CharSequence base64) throws KeyFileException {
        try {
            return Base64.getDecoder().decode(base64.toString());
        } catch (IllegalArgumentException e) {
            throw new KeyFileException("key file: not Base64 between the PEM lines: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pem pem && label.equals(pem.label) && Arrays.equals(content, pem.content);
    }

    @Override
    public int hashCode() {
        return label.hashCode() * 31 + Arrays.hashCode(content);
    }

    /** Without the content, which may be a private key. */
    @Override
    public String toString() {
        return "Pem[" + label + "]";
    }
}
