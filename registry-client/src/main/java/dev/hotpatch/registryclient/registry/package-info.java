/** The OCI distribution protocol: manifests, blobs, tags, referrers. */
@NullMarked
package dev.hotpatch.registryclient.registry;

import org.jspecify.annotations.NullMarked;
