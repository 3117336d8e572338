package dev.hotpatch.nodeagent.linux;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An open file descriptor with close-on-exec set. Whoever opened it closes it; closing twice does nothing. All methods throw
 * {@link LinuxException} with the name of the failed call. Safe for several threads as long as none of them closes it meanwhile.
 */
public final class Fd implements AutoCloseable {
    private static final int CHUNK = 64 * 1024;
    private static final long RESOLVE_NO_XDEV = 0x01;
    private static final long RESOLVE_NO_MAGICLINKS = 0x02;
    private static final long RESOLVE_NO_SYMLINKS = 0x04;
    private static final long RESOLVE_BENEATH = 0x08;
    private static final long RESOLVE_IN_ROOT = 0x10;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int STATX_BASIC = 0x7FF;
    private static final int STATX_SIZE = 256;

    private final int number;
    private final String name;
    private final AtomicBoolean closed = new AtomicBoolean();

    Fd(int number, String name) {
        this.number = number;
        this.name = name;
    }

    /** Opens a path of this process's own, trusted name space: magic links such as {@code /proc/1/root} are followed. */
    public static Fd openTrusted(String path, OpenFlag... flags) throws LinuxException {
        int fd = Libc.openat(Libc.AT_FDCWD, path, OpenFlag.bits(flags), 0);
        if (fd < 0) {
            throw Libc.failure("openat", path);
        }
        return new Fd(fd, path);
    }

    /**
     * Opens {@code path} below this directory by openat2(2) with {@code RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS}: absolute
     * links and {@code ..} stay inside, as if this directory were the root.
     *
     * @param mode permission bits of a file that is created
     */
    public Fd open(String path, int mode, OpenFlag... flags) throws LinuxException {
        return openAt(path, mode, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS, flags);
    }

    /** Opens {@code path} below this directory, on the same file system, if no part of it is a link or leads upwards. */
    public Fd openBelow(String path, OpenFlag... flags) throws LinuxException {
        return openAt(path, 0, RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV, flags);
    }

    private Fd openAt(String path, int mode, long resolve, OpenFlag... flags) throws LinuxException {
        try (Memory how = new Memory(24);
                Memory cPath = Libc.text(path)) {
            how.setLong(0, OpenFlag.bits(flags));
            how.setLong(8, mode);
            how.setLong(16, resolve);
            for (int attempt = 0; ; attempt++) {
                long fd = Libc.syscall(
                        Libc.SYS_OPENAT2, number, Pointer.nativeValue(cPath), Pointer.nativeValue(how), 24, 0, 0);
                if (fd >= 0) {
                    return new Fd((int) fd, name + "/" + path);
                }
                // EAGAIN: a rename somewhere raced with the scoped lookup; the kernel asks to try again.
                if (Native.getLastError() != Errno.EAGAIN || attempt == 32) {
                    throw Libc.failure("openat2", name + "/" + path);
                }
            }
        }
    }

    /** Opens again, with other flags, the very file that this descriptor names: no name is looked up that could have changed. */
    public Fd reopen(OpenFlag... flags) throws LinuxException {
        return openTrusted("/proc/self/fd/" + number, flags);
    }

    /** The content of the very file that this descriptor names, which may be closed meanwhile. The caller closes the stream. */
    public InputStream content() throws IOException {
        return new FileInputStream("/proc/self/fd/" + number);
    }

    public FileStatus status() throws LinuxException {
        try (Memory buffer = new Memory(STATX_SIZE);
                Memory empty = Libc.text("")) {
            check(
                    "statx",
                    Libc.syscall(
                            Libc.SYS_STATX, number, address(empty), AT_EMPTY_PATH, STATX_BASIC, address(buffer), 0));
            return new FileStatus(
                    buffer.getShort(28) & 0xFFFF,
                    buffer.getInt(20),
                    buffer.getInt(24),
                    buffer.getInt(16),
                    buffer.getLong(40),
                    buffer.getLong(32),
                    ((long) buffer.getInt(136) << 32) | (buffer.getInt(140) & 0xFFFFFFFFL));
        }
    }

    public void changeOwner(int uid, int gid) throws LinuxException {
        check("fchown", Libc.fchown(number, uid, gid));
    }

    public void changeMode(int permissions) throws LinuxException {
        check("fchmod", Libc.fchmod(number, permissions));
    }

    /** Removes the entry {@code entry} (no slash) of this directory; a link is removed, not followed. */
    public void unlink(String entry) throws LinuxException {
        check("unlinkat", Libc.unlinkat(number, plain(entry), 0));
    }

    public void writeAll(byte[] bytes) throws LinuxException {
        try (Memory buffer = new Memory(Math.max(1, Math.min(bytes.length, CHUNK)))) {
            int at = 0;
            while (at < bytes.length) {
                int size = Math.min(bytes.length - at, CHUNK);
                buffer.write(0, bytes, at, size);
                long written = Libc.write(number, buffer, size);
                if (written < 0 && Native.getLastError() == Errno.EINTR) {
                    continue;
                }
                at += (int) check("write", written);
            }
        }
    }

    /** All bytes from the current position, at most {@code limit}; one more is a failure with {@code EOVERFLOW}. */
    public byte[] readAll(int limit) throws LinuxException {
        List<byte[]> parts = new ArrayList<>();
        int total = 0;
        try (Memory buffer = new Memory(CHUNK)) {
            while (true) {
                long count = Libc.read(number, buffer, CHUNK);
                if (count < 0 && Native.getLastError() == Errno.EINTR) {
                    continue;
                }
                int got = (int) check("read", count);
                if (got == 0) {
                    return joined(parts, total);
                }
                if (got > limit - total) {
                    throw new LinuxException("read", name + ", more than " + limit + " bytes", Errno.EOVERFLOW);
                }
                parts.add(buffer.getByteArray(0, got));
                total += got;
            }
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            // The descriptor is gone whatever close(2) answers; there is nothing to do about it.
            var unused = Libc.close(number);
        }
    }

    @Override
    public String toString() {
        return name;
    }

    int number() {
        return number;
    }

    static byte[] joined(List<byte[]> parts, int total) {
        byte[] all = new byte[total];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private static long address(Memory memory) {
        return Pointer.nativeValue(memory);
    }

    private static String plain(String entry) {
        if (entry.isEmpty() || entry.indexOf('/') >= 0 || entry.equals(".") || entry.equals("..")) {
            throw new IllegalArgumentException("not the name of a directory entry: " + entry);
        }
        return entry;
    }

    private long check(String call, long result) throws LinuxException {
        if (result < 0) {
            throw Libc.failure(call, name);
        }
        return result;
    }
}
