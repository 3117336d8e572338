/** Keys, signatures in the two forms that registries know, and the verifier, the only maker of a {@code VerifiedPatch}. */
@NullMarked
package dev.hotpatch.patchformat.trust;

import org.jspecify.annotations.NullMarked;
