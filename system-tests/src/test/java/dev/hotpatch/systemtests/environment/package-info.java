/** The real parts that system tests run against: a registry, a container runtime, other people's tools. */
@NullMarked
package dev.hotpatch.systemtests.environment;

import org.jspecify.annotations.NullMarked;
