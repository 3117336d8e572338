package dev.hotpatch.nodeagent.proc;

/**
 * What is needed of {@code /proc/PID/stat} (proc(5)).
 *
 * @param startTime when the process started, in clock ticks since boot; with the process number it identifies a process
 */
record ProcStat(long startTime) {
    private static final int START_TIME_AFTER_NAME = 19;

    static ProcStat parse(String text) throws ProcFormatException {
        // The name in parentheses may itself hold parentheses and blanks: what counts is the last one.
        int nameEnd = text.lastIndexOf(") ");
        if (nameEnd < 0) {
            throw new ProcFormatException("stat: no name in parentheses");
        }
        String[] fields = text.substring(nameEnd + 2).split(" ", START_TIME_AFTER_NAME + 2);
        if (fields.length <= START_TIME_AFTER_NAME) {
            throw new ProcFormatException("stat: only " + fields.length + " fields after the name");
        }
        return new ProcStat(ProcStatus.number(fields[START_TIME_AFTER_NAME], 0, Long.MAX_VALUE, "stat start time"));
    }
}
