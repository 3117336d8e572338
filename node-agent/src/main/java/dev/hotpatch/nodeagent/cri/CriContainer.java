package dev.hotpatch.nodeagent.cri;

/**
 * A running container.
 *
 * @param id the runtime's id, which also stands in the cgroup
 * @param name the container's name in its pod
 * @param pod namespace and name of the pod, as the runtime's labels say; empty if they do not
 * @param image as it was asked for
 * @param imageRef the runtime's own name for the image; with containerd the digest of its config
 */
public record CriContainer(String id, String name, String pod, String image, String imageRef) {}
