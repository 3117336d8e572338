/** What runs in the children that run other people's tests: bound to JUnit's launcher, and to nothing else of ours but the child's commands. */
@NullMarked
package dev.hotpatch.systemtests.differential.child;

import org.jspecify.annotations.NullMarked;
