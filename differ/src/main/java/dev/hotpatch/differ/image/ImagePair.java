package dev.hotpatch.differ.image;

import dev.hotpatch.patchformat.image.Image;

/** The images that a patch is from and to. */
public record ImagePair(Image base, Image target) {}
