/** HTTP with deadlines, retries and guarded redirects; the only package that knows the HTTP library. */
@NullMarked
package dev.hotpatch.registryclient.transport;

import org.jspecify.annotations.NullMarked;
