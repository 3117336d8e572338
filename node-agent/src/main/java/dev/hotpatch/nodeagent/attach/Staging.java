package dev.hotpatch.nodeagent.attach;

import dev.hotpatch.nodeagent.linux.Fd;
import dev.hotpatch.nodeagent.linux.FileStatus;
import dev.hotpatch.nodeagent.linux.LinuxException;
import dev.hotpatch.nodeagent.linux.OpenFlag;
import dev.hotpatch.nodeagent.proc.Refusal;
import dev.hotpatch.patchformat.oci.Digest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Puts files of root's, read-only for all, into a container's /tmp. A file that is there already is used again only if it is
 * root's and has the same bytes; one of root's with other bytes is what a killed agent left, and is replaced.
 */
final class Staging {
    private static final int NAMES = 8;
    private static final int READ_ONLY = 0444;
    private static final int ROOT = 0;

    /** Two workers that stage the same bytes into the same /tmp must not take each other's half-written file for a left-over. */
    private static final Object ONE_AT_A_TIME = new Object();

    private final ContainerTmp tmp;
    private final SecureRandom random;

    Staging(ContainerTmp tmp, SecureRandom random) {
        this.tmp = tmp;
        this.random = random;
    }

    /**
     * The name, in /tmp, of a file with exactly these bytes.
     *
     * @param tag keeps files of equal bytes apart that are removed at different times
     */
    String stage(byte[] bytes, String tag, String extension) throws AttachException {
        String stem = ".hotpatch-" + Digest.of(bytes).hex().substring(0, 12) + "-";
        synchronized (ONE_AT_A_TIME) {
            for (int attempt = 0; attempt < NAMES; attempt++) {
                String name = stem + (attempt == 0 ? tag : randomTag()) + extension;
                if (isStaged(name, bytes) || create(name, bytes)) {
                    return name;
                }
            }
        }
        throw new AttachException(Refusal.NOT_PERMITTED, tmp + ": all names tried in /tmp are taken by other users");
    }

    private boolean create(String name, byte[] bytes) throws AttachException {
        Optional<Fd> created = tmp.create(name);
        if (created.isEmpty()) {
            return false;
        }
        try (Fd file = created.get()) {
            file.changeOwner(ROOT, ROOT);
            file.writeAll(bytes);
            file.changeMode(READ_ONLY);
            return true;
        } catch (LinuxException e) {
            tmp.remove(name);
            throw tmp.failed(e);
        }
    }

    /** Looks by descriptor, so that what is compared is what was found; removes a left-over. */
    private boolean isStaged(String name, byte[] bytes) throws AttachException {
        Optional<Fd> found = tmp.find(name);
        if (found.isEmpty()) {
            return false;
        }
        try (Fd entry = found.get()) {
            FileStatus status = ContainerTmp.status(entry);
            if (!status.isRegular() || status.uid() != ROOT || status.links() != 1) {
                return false;
            }
            if (status.permissions() == READ_ONLY && status.size() == bytes.length && sameBytes(entry, bytes)) {
                return true;
            }
        }
        tmp.remove(name);
        return false;
    }

    private boolean sameBytes(Fd entry, byte[] bytes) throws AttachException {
        try (Fd file = entry.reopen(OpenFlag.NONBLOCK)) {
            return Arrays.equals(file.readAll(bytes.length), bytes);
        } catch (LinuxException e) {
            throw tmp.failed(e);
        }
    }

    private String randomTag() {
        byte[] bytes = new byte[6];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
