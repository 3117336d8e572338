/** Real published software to patch, fetched once from a Maven repository and kept in a cache outside the checkout. */
@NullMarked
package dev.hotpatch.testdata.corpus;

import org.jspecify.annotations.NullMarked;
