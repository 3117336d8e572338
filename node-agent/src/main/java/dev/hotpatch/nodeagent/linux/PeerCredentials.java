package dev.hotpatch.nodeagent.linux;

/** Who called listen(2) on the other end of a unix socket ({@code SO_PEERCRED}, unix(7)); the numbers are those of this name space. */
public record PeerCredentials(int pid, int uid, int gid) {}
