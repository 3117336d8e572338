package dev.hotpatch.nodeagent.linux;

/**
 * What statx(2) tells about an open file.
 *
 * @param mode type and permission bits, as in {@code st_mode}
 * @param uid owner, as seen from this process's user namespace
 * @param gid group
 * @param links hard links
 * @param size bytes
 * @param inode inode number, unique within the device
 * @param device the device's major number shifted by 32, and its minor number
 */
public record FileStatus(int mode, int uid, int gid, int links, long size, long inode, long device) {
    private static final int TYPE = 0xF000;

    public boolean isRegular() {
        return (mode & TYPE) == 0x8000;
    }

    public boolean isDirectory() {
        return (mode & TYPE) == 0x4000;
    }

    public boolean isSymbolicLink() {
        return (mode & TYPE) == 0xA000;
    }

    public boolean isSocket() {
        return (mode & TYPE) == 0xC000;
    }

    /** The twelve permission bits. */
    public int permissions() {
        return mode & 0xFFF;
    }
}
