/** What differences in files, entries and settings mean for JVMs that run. */
@NullMarked
package dev.hotpatch.differ.files;

import org.jspecify.annotations.NullMarked;
