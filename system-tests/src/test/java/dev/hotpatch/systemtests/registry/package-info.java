/** What others find in a registry after hotpatch has pushed. */
@NullMarked
package dev.hotpatch.systemtests.registry;

import org.jspecify.annotations.NullMarked;
