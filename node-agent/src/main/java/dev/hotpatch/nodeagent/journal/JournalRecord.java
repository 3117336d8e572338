package dev.hotpatch.nodeagent.journal;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * One line of a journal: number, time, state, detail and a check sum, so that a line that was cut off is told from a whole one.
 *
 * @param state reached
 * @param time of reaching it, to the millisecond
 * @param code a word: {@code ok}, or why not
 * @param detail for people, or what is needed to go on; at most 1,000 characters
 */
public record JournalRecord(ApplyState state, Instant time, String code, String detail) {
    private static final int MAX_DETAIL = 1_000;

    public JournalRecord {
        if (!code.matches("[a-z0-9-]{1,64}")) {
            throw new IllegalArgumentException("not a code word: " + code);
        }
        detail = detail.length() <= MAX_DETAIL ? detail : detail.substring(0, MAX_DETAIL);
    }

    byte[] line() {
        String body = state + " " + time.toEpochMilli() + " " + code + " "
                + URLEncoder.encode(detail, StandardCharsets.UTF_8);
        return (body + " " + checkSum(body) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** The record of a line without its line feed, or empty if it is not whole. */
    static Optional<JournalRecord> parse(String line) {
        int last = line.lastIndexOf(' ');
        if (last < 0 || !line.substring(last + 1).equals(checkSum(line.substring(0, last)))) {
            return Optional.empty();
        }
        String[] fields = line.substring(0, last).split(" ", -1);
        try {
            return fields.length != 4
                    ? Optional.empty()
                    : Optional.of(new JournalRecord(
                            ApplyState.valueOf(fields[0]),
                            Instant.ofEpochMilli(Long.parseLong(fields[1])),
                            fields[2],
                            URLDecoder.decode(fields[3], StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String checkSum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        return String.format("%08x", crc.getValue());
    }
}
