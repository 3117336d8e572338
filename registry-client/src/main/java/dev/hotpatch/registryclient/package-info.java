/** What goes wrong between us and a registry. */
@NullMarked
package dev.hotpatch.registryclient;

import org.jspecify.annotations.NullMarked;
