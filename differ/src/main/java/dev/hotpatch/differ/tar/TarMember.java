package dev.hotpatch.differ.tar;

/**
 * One member of a tar.
 *
 * @param name as {@link MemberPath#normalise} leaves it
 * @param type what it is
 * @param link of a link, where it points to, as written; otherwise empty
 * @param size bytes of content in the archive
 * @param offset of its content in the (uncompressed) archive
 */
public record TarMember(String name, Type type, String link, long size, long offset) {
    /** What a member can be. */
    public enum Type {
        FILE,
        FOLDER,
        SYMBOLIC_LINK,
        HARD_LINK,
        /** A device, a pipe: of no interest to running code. */
        SPECIAL
    }
}
