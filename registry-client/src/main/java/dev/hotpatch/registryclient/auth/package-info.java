/** Credentials, and what turns them into an Authorization header. */
@NullMarked
package dev.hotpatch.registryclient.auth;

import org.jspecify.annotations.NullMarked;
