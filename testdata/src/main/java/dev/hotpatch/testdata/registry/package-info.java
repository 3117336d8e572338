/** An OCI registry in this process, on loopback, with faults on demand: for tests and for the demo. */
@NullMarked
package dev.hotpatch.testdata.registry;

import org.jspecify.annotations.NullMarked;
