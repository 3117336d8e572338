/** Real vulnerabilities: a victim that runs the real library in a process of its own, and the attack on it from outside, made harmless. */
@NullMarked
package dev.hotpatch.testdata.cve;

import org.jspecify.annotations.NullMarked;
