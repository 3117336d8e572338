package dev.hotpatch.patchformat.patch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.patchformat.Mutations;
import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.patchformat.live.LiveIndex;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.patchformat.oci.Platform;
import dev.hotpatch.patchformat.plan.ClassChange;
import dev.hotpatch.patchformat.plan.Decision;
import dev.hotpatch.patchformat.plan.Effect;
import dev.hotpatch.patchformat.plan.FileChange;
import dev.hotpatch.patchformat.plan.LayerDecision;
import dev.hotpatch.patchformat.plan.LayerPlan;
import dev.hotpatch.patchformat.plan.Origin;
import dev.hotpatch.patchformat.plan.PatchPlan;
import dev.hotpatch.patchformat.plan.Reason;
import dev.hotpatch.patchformat.plan.Releases;
import dev.hotpatch.patchformat.plan.UnitPlan;
import dev.hotpatch.patchformat.plan.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PatchTest {
    private static final Descriptor BASE = Descriptor.of(MediaTypes.OCI_MANIFEST, new byte[] {1});
    private static final Descriptor LIVE = Descriptor.of(MediaTypes.LIVE, new byte[] {2});
    private static final Digest A = digest("a");
    private static final Digest B = digest("b");
    private static final Digest C = digest("c");
    private static final ClassChange REDEFINED = new ClassChange(
            "p/A",
            Releases.ALL,
            Decision.REDEFINE,
            Optional.of(A),
            Optional.of(B),
            List.of(),
            List.of(new Reason("static-initialiser-not-rerun", "<clinit>()V", "…")));
    private static final ClassChange NEW = new ClassChange(
            "p/New", Releases.ALL, Decision.NEW_CLASS, Optional.empty(), Optional.of(C), List.of(3), List.of());
    private static final ClassChange BLOCKED = new ClassChange(
            "p/X",
            Releases.parse("9-"),
            Decision.BLOCKED,
            Optional.of(A),
            Optional.of(B),
            List.of(),
            List.of(new Reason("method-added", "m()V", "…")));

    private static final PatchContents CONTENTS = PatchContents.NONE.withLive(LIVE);
    private static final LayerPlan DELTA =
            new LayerPlan(digest("layer"), 1000, digest("tar"), LayerDecision.DELTA, Optional.empty());
    private static final LayerPlan FULL = new LayerPlan(
            digest("other"),
            10,
            digest("other tar"),
            LayerDecision.FULL,
            Optional.of(new Reason("delta-too-large", "", "…")));

    @Test
    void readsBackWhatItWrites() throws JsonException {
        Patch written = PatchWriter.write(plan(REDEFINED, NEW), Optional.of(BASE), CONTENTS);
        Patch read = PatchReader.read(Manifest.parse(written.manifest().bytes()), written.config());
        assertEquals(written.plan(), read.plan());
        assertEquals(written.live(), read.live());
        assertEquals(written.digest(), read.digest());
        assertEquals("hp-" + written.digest().hex().substring(0, 40), read.tag());
    }

    @Test
    void carriesLayerDeltasAlsoWhereNothingGoesLive() throws JsonException {
        PatchPlan plan = plan(BLOCKED).withLayers(List.of(FULL, DELTA, DELTA));
        Patch written = PatchWriter.write(plan, Optional.of(BASE), deltas(DELTA.digest()));
        Patch read = PatchReader.read(Manifest.parse(written.manifest().bytes()), written.config());
        assertEquals(plan, read.plan());
        assertEquals(written.contents(), read.contents());
        assertEquals(Optional.empty(), read.live());
        assertEquals(7, read.deltaSize());
    }

    @Test
    void refusesDeltasThatThePlanDoesNotName() {
        PatchPlan plan = plan(BLOCKED).withLayers(List.of(FULL, DELTA));
        for (PatchContents wrong : List.of(deltas(FULL.digest()), PatchContents.NONE)) {
            assertThrows(IllegalArgumentException.class, () -> PatchWriter.write(plan, Optional.of(BASE), wrong));
        }
        Patch good = PatchWriter.write(plan, Optional.of(BASE), deltas(DELTA.digest()));
        List<Descriptor> layers = good.manifest().layers();
        List<Descriptor> swapped = List.of(layers.get(1), layers.get(0), layers.get(2));
        List<Descriptor> twice = List.of(layers.get(0), layers.get(1), layers.get(2), layers.get(2));
        for (List<Descriptor> wrong : List.of(swapped, twice, layers.subList(0, 2))) {
            Manifest manifest = Manifest.create(
                    good.manifest().artifactType(),
                    good.manifest().config(),
                    wrong,
                    good.manifest().subject(),
                    good.manifest().annotations());
            assertThrows(JsonException.class, () -> PatchReader.read(manifest, good.config()));
        }
    }

    @Test
    void carriesABlockedClassThatOnlyOneSideHas() throws JsonException {
        List<Reason> why = List.of(new Reason("hierarchy", "", "…"));
        PatchPlan plan = plan(
                        new ClassChange(
                                "p/Gone",
                                Releases.ALL,
                                Decision.BLOCKED,
                                Optional.of(A),
                                Optional.empty(),
                                List.of(),
                                why),
                        new ClassChange(
                                "p/New",
                                Releases.ALL,
                                Decision.BLOCKED,
                                Optional.empty(),
                                Optional.of(B),
                                List.of(),
                                why))
                .withLayers(List.of(DELTA));
        Patch written = PatchWriter.write(plan, Optional.of(BASE), deltas(DELTA.digest()));
        assertEquals(
                plan, PatchReader.read(written.manifest(), written.config()).plan());
    }

    private static PatchContents deltas(Digest layer) {
        return new PatchContents(
                Optional.empty(),
                Optional.of(Descriptor.of("", digest("target"), 5)),
                Optional.of(Descriptor.of("", digest("config2"), 6)),
                Map.of(layer, Descriptor.of("", digest("delta"), 7)),
                Map.of(A, Descriptor.of("", digest("skeleton"), 8)));
    }

    @Test
    void samePlanSameBytes() {
        Patch one = PatchWriter.write(plan(REDEFINED), Optional.of(BASE), CONTENTS);
        Patch two = PatchWriter.write(plan(REDEFINED), Optional.of(BASE), CONTENTS);
        assertArrayEquals(one.manifest().bytes(), two.manifest().bytes());
    }

    @Test
    void oneBlockedClassBlocksThePatch() {
        assertEquals(Verdict.RESTART, plan(REDEFINED, BLOCKED).verdict());
        assertThrows(
                IllegalArgumentException.class, () -> PatchWriter.write(plan(BLOCKED), Optional.of(BASE), CONTENTS));
    }

    @Test
    void onlyChangedResourcesNeedARestart() {
        FileChange file = new FileChange(
                "/app/x.properties", FileChange.FileDecision.RESOURCE, new Reason("resource-not-live", "", "…"));
        assertEquals(
                Verdict.RESTART,
                new PatchPlan(origin('1'), origin('2'), List.of(), List.of(), List.of(file), 0).verdict());
        assertEquals(
                Verdict.IDENTICAL,
                new PatchPlan(origin('1'), origin('2'), List.of(), List.of(), List.of(), 0).verdict());
    }

    @Test
    void liveUnitIsExactlyWhatThePlanSays() throws JsonException {
        PatchPlan plan = plan(REDEFINED, NEW);
        LiveIndex index = LiveIndexOfPlan.of(plan);
        assertEquals(List.of("/app/a.jar"), index.units());
        assertEquals(List.of(new LiveIndex.Added("p/New", C, List.of(0))), index.added());
        PatchReader.expectAgreement(plan, index);
        LiveIndex more = new LiveIndex(
                index.units(), index.redefine(), index.keep(), List.of(new LiveIndex.Added("p/Evil", C, List.of(0))));
        assertThrows(JsonException.class, () -> PatchReader.expectAgreement(plan, more));
    }

    @Test
    void carriesEffectsOfNewClassesOnly() throws JsonException {
        PatchPlan plan = plan(REDEFINED, NEW).withEffects(List.of(effect("p/New", "flush", 3)));
        Patch written = PatchWriter.write(plan, Optional.of(BASE), CONTENTS);
        Patch read = PatchReader.read(Manifest.parse(written.manifest().bytes()), written.config());
        assertEquals(plan, read.plan());
        LiveIndex index = LiveIndexOfPlan.of(plan);
        assertEquals(List.of(effect("p/New", "flush", 0)), index.effects());
        assertThrows(JsonException.class, () -> PatchReader.expectAgreement(plan(REDEFINED, NEW), index));

        for (Effect wrong : List.of(effect("p/A", "flush", 3), effect("p/New", "<init>", 3))) {
            Patch bad = PatchWriter.write(plan.withEffects(List.of(wrong)), Optional.of(BASE), CONTENTS);
            assertThrows(JsonException.class, () -> PatchReader.read(bad.manifest(), bad.config()));
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> LiveIndexOfPlan.of(plan.withEffects(List.of(effect("p/New", "flush", 4)))));
    }

    private static Effect effect(String className, String method, int unit) {
        return new Effect(Effect.Kind.APPLY, className, method, List.of(unit));
    }

    @Test
    void refusesAPatchWhosePartsDisagree() {
        Patch patch = PatchWriter.write(plan(REDEFINED), Optional.of(BASE), CONTENTS);
        Manifest good = patch.manifest();
        Manifest otherSubject = Manifest.create(
                good.artifactType(), good.config(), good.layers(), Optional.of(LIVE), good.annotations());
        Manifest noLayer =
                Manifest.create(good.artifactType(), good.config(), List.of(), good.subject(), good.annotations());
        Manifest escapes = Manifest.create(
                good.artifactType(),
                good.config(),
                List.of(LIVE.withAnnotations(Map.of("org.opencontainers.image.title", "../live.zip"))),
                good.subject(),
                good.annotations());
        Manifest otherType = Manifest.create(
                Optional.of("application/x"), good.config(), good.layers(), good.subject(), good.annotations());
        for (Manifest manifest : List.of(otherSubject, noLayer, escapes, otherType)) {
            assertThrows(JsonException.class, () -> PatchReader.read(manifest, patch.config()));
        }
        assertThrows(JsonException.class, () -> PatchReader.read(good, "{}".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void neverFailsOtherwiseOnAMutatedConfig() {
        Patch patch = PatchWriter.write(
                plan(REDEFINED, NEW).withEffects(List.of(effect("p/New", "flush", 3))), Optional.of(BASE), CONTENTS);
        int refused = 0;
        for (byte[] mutant : Mutations.of(patch.config(), 5_000, 31)) {
            Manifest manifest = Manifest.create(
                    patch.manifest().artifactType(),
                    Descriptor.of(MediaTypes.PATCH, mutant),
                    patch.manifest().layers(),
                    patch.manifest().subject(),
                    patch.manifest().annotations());
            try {
                Patch read = PatchReader.read(manifest, mutant);
                PatchReader.expectAgreement(read.plan(), LiveIndexOfPlan.of(plan(REDEFINED, NEW)));
            } catch (JsonException e) {
                refused++;
            }
        }
        assertTrue(refused > 3_000, "only " + refused + " refused");
    }

    private static PatchPlan plan(ClassChange... changes) {
        return new PatchPlan(
                origin('1'),
                origin('2'),
                List.of(new UnitPlan(3, "/app/a.jar", "/app/a.jar", List.of(changes))),
                List.of(new PatchPlan.Kept("p/A", C)),
                List.of(),
                77);
    }

    private static Origin origin(char seed) {
        Digest digest = seed == '1' ? BASE.digest() : digest("target");
        return new Origin(
                Origin.Kind.IMAGE,
                "app:" + seed,
                digest,
                Optional.of(digest("config" + seed)),
                Optional.empty(),
                Optional.of(Platform.parse("linux/amd64")));
    }

    private static Digest digest(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
