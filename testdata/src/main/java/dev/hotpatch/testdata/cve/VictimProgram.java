package dev.hotpatch.testdata.cve;

import dev.hotpatch.testdata.corpus.MavenArtifact;
import java.util.List;

/**
 * A program of ours with the library that makes it a victim.
 *
 * @param main its class, in the package of the programs
 * @param vulnerable the release that is open to the attack
 * @param fixed the release that is not
 * @param others what both need beside them
 * @param options for its JVM
 */
public record VictimProgram(
        String main, MavenArtifact vulnerable, MavenArtifact fixed, List<MavenArtifact> others, List<String> options) {}
