/** Container images for tests: a small Java base image, and application images that Jib builds on it. */
@NullMarked
package dev.hotpatch.testdata.image;

import org.jspecify.annotations.NullMarked;
