/** What is run inside victims when a patch comes and goes, where new code alone changes nothing because old results are kept. */
@NullMarked
package dev.hotpatch.testdata.cve.effects;

import org.jspecify.annotations.NullMarked;
