/** What runs inside the victims, with the jars of one version of a library beside it on the class path. */
@NullMarked
package dev.hotpatch.testdata.cve.programs;

import org.jspecify.annotations.NullMarked;
