package dev.hotpatch.nodeagent.linux;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import java.util.ArrayList;
import java.util.List;

/**
 * A connected unix stream socket. It is reached through a descriptor of the socket's file, never by a path that another process
 * can redirect. Every wait ends at a deadline with {@code ETIMEDOUT}. For one thread; whoever connected it closes it.
 */
public final class UnixStream implements AutoCloseable {
    private static final int AF_UNIX = 1;
    private static final int SOCK_STREAM_NONBLOCK_CLOEXEC = 1 | 0x800 | 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_PEERCRED = 17;
    private static final int SUN_PATH = 108;
    private static final short POLLIN = 1;
    private static final short POLLOUT = 4;
    private static final int CHUNK = 16 * 1024;

    private final Fd fd;

    private UnixStream(Fd fd) {
        this.fd = fd;
    }

    /**
     * Connects with the calling thread's effective user and group.
     *
     * @param file the socket's file, opened with {@link OpenFlag#PATH}
     */
    public static UnixStream connect(Fd file, Deadline deadline) throws LinuxException {
        int number = Libc.socket(AF_UNIX, SOCK_STREAM_NONBLOCK_CLOEXEC, 0);
        if (number < 0) {
            throw Libc.failure("socket", "unix stream");
        }
        Fd fd = new Fd(number, file.toString());
        boolean connected = false;
        try (Memory address = new Memory(2 + SUN_PATH)) {
            address.clear();
            address.setShort(0, (short) AF_UNIX);
            address.setString(2, "/proc/self/fd/" + file.number());
            while (Libc.connect(number, address, (int) address.size()) < 0) {
                // EAGAIN: the queue of the listener is full. There is nothing to poll for; try again in a millisecond.
                if (Native.getLastError() != Errno.EAGAIN && Native.getLastError() != Errno.EINTR) {
                    throw Libc.failure("connect", file.toString());
                }
                if (deadline.isOver()) {
                    throw new LinuxException("connect", file.toString(), Errno.ETIMEDOUT);
                }
                var unused = Libc.poll(address, 0, 1);
            }
            connected = true;
            return new UnixStream(fd);
        } finally {
            if (!connected) {
                fd.close();
            }
        }
    }

    public PeerCredentials peer() throws LinuxException {
        try (Memory credentials = new Memory(12);
                Memory length = new Memory(4)) {
            length.setInt(0, 12);
            if (Libc.getsockopt(fd.number(), SOL_SOCKET, SO_PEERCRED, credentials, length) < 0) {
                throw Libc.failure("getsockopt SO_PEERCRED", fd.toString());
            }
            return new PeerCredentials(credentials.getInt(0), credentials.getInt(4), credentials.getInt(8));
        }
    }

    public void write(byte[] bytes, Deadline deadline) throws LinuxException {
        try (Memory buffer = new Memory(Math.max(1, bytes.length))) {
            buffer.write(0, bytes, 0, bytes.length);
            long at = 0;
            while (at < bytes.length) {
                await(POLLOUT, deadline, "write");
                long count = Libc.write(fd.number(), buffer.share(at), bytes.length - at);
                if (count >= 0) {
                    at += count;
                } else if (Native.getLastError() != Errno.EAGAIN && Native.getLastError() != Errno.EINTR) {
                    throw Libc.failure("write", fd.toString());
                }
            }
        }
    }

    /** Everything until the other side closes, at most {@code limit} bytes; one more is a failure with {@code EOVERFLOW}. */
    public byte[] readToEnd(int limit, Deadline deadline) throws LinuxException {
        List<byte[]> parts = new ArrayList<>();
        int total = 0;
        try (Memory buffer = new Memory(CHUNK)) {
            while (true) {
                await(POLLIN, deadline, "read");
                long count = Libc.read(fd.number(), buffer, CHUNK);
                if (count == 0) {
                    return Fd.joined(parts, total);
                }
                if (count > limit - total) {
                    throw new LinuxException("read", fd + ", more than " + limit + " bytes", Errno.EOVERFLOW);
                }
                if (count > 0) {
                    parts.add(buffer.getByteArray(0, (int) count));
                    total += (int) count;
                } else if (Native.getLastError() != Errno.EAGAIN && Native.getLastError() != Errno.EINTR) {
                    throw Libc.failure("read", fd.toString());
                }
            }
        }
    }

    @Override
    public void close() {
        fd.close();
    }

    private void await(short event, Deadline deadline, String call) throws LinuxException {
        try (Memory poll = new Memory(8)) {
            while (true) {
                poll.setInt(0, fd.number());
                poll.setShort(4, event);
                poll.setShort(6, (short) 0);
                int ready = Libc.poll(poll, 1, deadline.millisLeft());
                if (ready > 0) {
                    return;
                }
                if (ready < 0 && Native.getLastError() != Errno.EINTR) {
                    throw Libc.failure("poll", fd.toString());
                }
                if (deadline.isOver()) {
                    throw new LinuxException(call, fd.toString(), Errno.ETIMEDOUT);
                }
            }
        }
    }
}
