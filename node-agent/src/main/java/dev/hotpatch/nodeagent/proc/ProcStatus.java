package dev.hotpatch.nodeagent.proc;

/**
 * The lines of {@code /proc/PID/status} (proc(5)) that matter here.
 *
 * @param state one letter; {@code Z} waits to be reaped
 * @param threadGroup the process number in this name space
 * @param nsPid the process number in the innermost pid name space, which is the one the process knows itself by
 * @param euid effective user, as seen from here
 * @param egid effective group, as seen from here
 * @param caughtSignals bit N-1 is set if signal N has a handler
 */
record ProcStatus(char state, int threadGroup, int nsPid, int euid, int egid, long caughtSignals) {
    private static final int MAX_PID = 1 << 22;
    private static final int MAX_NESTING = 33;

    static ProcStatus parse(String text) throws ProcFormatException {
        int threadGroup = (int) number(column(line(text, "Tgid"), 0, "Tgid"), 1, MAX_PID, "Tgid");
        return new ProcStatus(
                state(line(text, "State")),
                threadGroup,
                innermost(text, threadGroup),
                (int) number(column(line(text, "Uid"), 1, "Uid"), 0, 0xFFFFFFFFL, "Uid"),
                (int) number(column(line(text, "Gid"), 1, "Gid"), 0, 0xFFFFFFFFL, "Gid"),
                mask(column(line(text, "SigCgt"), 0, "SigCgt")));
    }

    boolean catches(int signal) {
        return (caughtSignals & (1L << (signal - 1))) != 0;
    }

    boolean isDead() {
        return state == 'Z' || state == 'X' || state == 'x';
    }

    private static char state(String value) throws ProcFormatException {
        if (value.isEmpty()) {
            throw new ProcFormatException("status: State is empty");
        }
        return value.charAt(0);
    }

    /** Kernels without pid name spaces have no NSpid line. */
    private static int innermost(String text, int pid) throws ProcFormatException {
        if (!text.contains("\nNSpid:\t")) {
            return pid;
        }
        String[] columns = line(text, "NSpid").split("\t", -1);
        if (columns.length > MAX_NESTING) {
            throw new ProcFormatException("status: NSpid has " + columns.length + " columns");
        }
        return (int) number(columns[columns.length - 1], 1, MAX_PID, "NSpid");
    }

    /** The process chooses its Name, which comes first; the kernel escapes line feeds in it, so that no other line can be faked. */
    private static String line(String text, String key) throws ProcFormatException {
        int at = text.indexOf("\n" + key + ":\t");
        if (at < 0) {
            throw new ProcFormatException("status: no line " + key);
        }
        int from = at + key.length() + 3;
        int end = text.indexOf('\n', from);
        return text.substring(from, end < 0 ? text.length() : end);
    }

    private static String column(String line, int index, String key) throws ProcFormatException {
        String[] columns = line.split("\t", -1);
        if (columns.length <= index) {
            throw new ProcFormatException("status: " + key + " has only " + columns.length + " columns");
        }
        return columns[index];
    }

    static long number(String text, long min, long max, String what) throws ProcFormatException {
        try {
            if (text.length() <= 20 && !text.startsWith("+")) {
                long number = Long.parseLong(text);
                if (number >= min && number <= max) {
                    return number;
                }
            }
        } catch (NumberFormatException e) {
            throw new ProcFormatException(what + ": not a number: " + clipped(text));
        }
        throw new ProcFormatException(what + ": outside " + min + ".." + max + ": " + clipped(text));
    }

    private static long mask(String text) throws ProcFormatException {
        try {
            if (text.length() == 16) {
                return Long.parseUnsignedLong(text, 16);
            }
        } catch (NumberFormatException e) {
            throw new ProcFormatException("SigCgt: not hexadecimal: " + clipped(text));
        }
        throw new ProcFormatException("SigCgt: not 16 digits: " + clipped(text));
    }

    private static String clipped(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
