/** The values of the OCI image and distribution specifications (v1.1): digests, descriptors, manifests, indexes, references. */
@NullMarked
package dev.hotpatch.patchformat.oci;

import org.jspecify.annotations.NullMarked;
