package dev.hotpatch.nodeagent.linux;

/** How a file is opened (open(2)); the values are the architecture's. */
public enum OpenFlag {
    WRITE(1),
    READ_WRITE(2),
    CREATE(0x40),
    EXCLUSIVE(0x80),
    NONBLOCK(0x800),
    DIRECTORY(Libc.arch(0x10000, 0x4000)),
    NO_FOLLOW(Libc.arch(0x20000, 0x8000)),
    /** Names the file without opening it: no permission is needed, no device is touched. */
    PATH(0x200000);

    static final int CLOSE_ON_EXEC = 0x80000;

    private final int bits;

    OpenFlag(int bits) {
        this.bits = bits;
    }

    static int bits(OpenFlag... flags) {
        int all = CLOSE_ON_EXEC;
        for (OpenFlag flag : flags) {
            all |= flag.bits;
        }
        return all;
    }
}
