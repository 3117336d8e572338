package dev.hotpatch.nodeagent.linux;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;

/**
 * The C library, bound directly. {@code syscall} is declared with fixed arguments: on x86-64 and AArch64 integers are passed to
 * variadic functions in the same registers. Numbers that differ between the two are chosen here and nowhere else.
 */
final class Libc {
    static final int AT_FDCWD = -100;
    static final long SYS_PIDFD_SEND_SIGNAL = 424;
    static final long SYS_PIDFD_OPEN = 434;
    static final long SYS_OPENAT2 = 437;
    static final long SYS_SETRESUID = arch(117, 147);
    static final long SYS_SETRESGID = arch(119, 149);
    static final long SYS_GETGROUPS = arch(115, 158);
    static final long SYS_SETGROUPS = arch(116, 159);
    static final long SYS_STATX = arch(332, 291);

    static {
        Native.register(Libc.class, Platform.C_LIBRARY_NAME);
    }

    private Libc() {}

    static native long syscall(long number, long a, long b, long c, long d, long e, long f);

    static native int openat(int directory, String path, int flags, int mode);

    static native int close(int fd);

    static native int fchown(int fd, int uid, int gid);

    static native int fchmod(int fd, int mode);

    static native int unlinkat(int directory, String name, int flags);

    static native long read(int fd, Pointer buffer, long size);

    static native long write(int fd, Pointer buffer, long size);

    static native int poll(Pointer fds, long count, int milliseconds);

    static native int socket(int family, int type, int protocol);

    static native int connect(int fd, Pointer address, int length);

    static native int getsockopt(int fd, int level, int option, Pointer value, Pointer length);

    static native int geteuid();

    static native int getegid();

    /** A NUL-terminated copy of {@code text} outside the heap. */
    static Memory text(String text) {
        byte[] bytes = Native.toByteArray(text, "UTF-8");
        Memory memory = new Memory(bytes.length);
        memory.write(0, bytes, 0, bytes.length);
        return memory;
    }

    /** The failure of the call that this thread made last. */
    static LinuxException failure(String call, String subject) {
        return new LinuxException(call, subject, Native.getLastError());
    }

    static int arch(int x86, int arm) {
        if (Platform.isIntel() && Platform.is64Bit()) {
            return x86;
        }
        if (Platform.isARM() && Platform.is64Bit()) {
            return arm;
        }
        throw new UnsupportedOperationException(
                "the node-agent runs on x86-64 and AArch64 Linux, this is " + Platform.RESOURCE_PREFIX);
    }
}
