package dev.hotpatch.nodeagent.agent;

import dev.hotpatch.patchformat.oci.Digest;

/**
 * A patch that a registry says there is for an image; nothing of it is proven.
 *
 * @param repository where it is, with its registry
 * @param digest of its manifest
 */
public record PatchCandidate(String repository, Digest digest) {}
