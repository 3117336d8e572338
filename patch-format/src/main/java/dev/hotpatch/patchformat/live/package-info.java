/** The live unit: what goes into a JVM, as a zip that Java 8 reads by itself (docs/patch-format.md, section 2). */
@NullMarked
package dev.hotpatch.patchformat.live;

import org.jspecify.annotations.NullMarked;
