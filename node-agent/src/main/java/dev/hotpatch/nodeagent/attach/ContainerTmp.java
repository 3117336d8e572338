package dev.hotpatch.nodeagent.attach;

import dev.hotpatch.nodeagent.linux.Errno;
import dev.hotpatch.nodeagent.linux.Fd;
import dev.hotpatch.nodeagent.linux.FileStatus;
import dev.hotpatch.nodeagent.linux.LinuxException;
import dev.hotpatch.nodeagent.linux.OpenFlag;
import dev.hotpatch.nodeagent.proc.JvmProcess;
import dev.hotpatch.nodeagent.proc.ProcFs;
import dev.hotpatch.nodeagent.proc.Refusal;
import java.util.Optional;

/**
 * The directory {@code /tmp} of a process, as the process itself sees it, by descriptor. It must be a real directory: a link is
 * refused, wherever it leads. All names used in it are plain, and links in it are not followed.
 */
final class ContainerTmp implements AutoCloseable {
    private final String owner;
    private final Fd directory;

    private ContainerTmp(String owner, Fd directory) {
        this.owner = owner;
        this.directory = directory;
    }

    static ContainerTmp open(ProcFs proc, JvmProcess process) throws AttachException {
        try (Fd root = Fd.openTrusted(proc.rootOf(process.pid()), OpenFlag.PATH, OpenFlag.DIRECTORY)) {
            return new ContainerTmp(process.toString(), openTmp(root, process.toString()));
        } catch (LinuxException e) {
            throw switch (e.errno()) {
                case Errno.ENOENT, Errno.ESRCH -> new AttachException(Refusal.JVM_GONE, process.toString(), e);
                default -> new AttachException(Refusal.NOT_PERMITTED, process + ": " + e.getMessage(), e);
            };
        }
    }

    private static Fd openTmp(Fd root, String owner) throws AttachException {
        try {
            return root.open("tmp", 0, OpenFlag.PATH, OpenFlag.DIRECTORY, OpenFlag.NO_FOLLOW);
        } catch (LinuxException e) {
            throw switch (e.errno()) {
                case Errno.ENOENT -> new AttachException(Refusal.TMP_MISSING, owner + " has no /tmp", e);
                case Errno.ENOTDIR, Errno.ELOOP, Errno.EXDEV ->
                    new AttachException(Refusal.TMP_ESCAPES, owner + ": /tmp is not a directory", e);
                default -> new AttachException(Refusal.NOT_PERMITTED, owner + ": " + e.getMessage(), e);
            };
        }
    }

    /** A descriptor that names the entry without opening it, or empty if there is none. */
    Optional<Fd> find(String name) throws AttachException {
        try {
            return Optional.of(directory.open(name, 0, OpenFlag.PATH, OpenFlag.NO_FOLLOW));
        } catch (LinuxException e) {
            if (e.errno() == Errno.ENOENT) {
                return Optional.empty();
            }
            throw failed(e);
        }
    }

    /** A new file of this process, open for writing, with mode 0600; empty if the name is taken. */
    Optional<Fd> create(String name) throws AttachException {
        try {
            return Optional.of(directory.open(
                    name, 0600, OpenFlag.WRITE, OpenFlag.CREATE, OpenFlag.EXCLUSIVE, OpenFlag.NO_FOLLOW));
        } catch (LinuxException e) {
            if (e.errno() == Errno.EEXIST) {
                return Optional.empty();
            }
            throw failed(e);
        }
    }

    /** Removes an entry if it is there; a link is removed, not followed. */
    void remove(String name) throws AttachException {
        try {
            directory.unlink(name);
        } catch (LinuxException e) {
            if (e.errno() != Errno.ENOENT) {
                throw failed(e);
            }
        }
    }

    AttachException failed(LinuxException e) {
        return switch (e.errno()) {
            case Errno.EROFS -> new AttachException(Refusal.TMP_READ_ONLY, owner + ": /tmp is read-only (EROFS)", e);
            case Errno.ENOSPC, Errno.EDQUOT -> new AttachException(Refusal.TMP_FULL, owner + ": " + e.getMessage(), e);
            // The directory was removed while we held it: its mount name space is being torn down.
            case Errno.ENOENT -> new AttachException(Refusal.JVM_GONE, owner + ": /tmp is gone", e);
            default -> new AttachException(Refusal.NOT_PERMITTED, owner + ": " + e.getMessage(), e);
        };
    }

    static FileStatus status(Fd file) throws AttachException {
        try {
            return file.status();
        } catch (LinuxException e) {
            throw new AttachException(Refusal.NOT_PERMITTED, e.getMessage() == null ? "statx" : e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        directory.close();
    }

    @Override
    public String toString() {
        return owner;
    }
}
