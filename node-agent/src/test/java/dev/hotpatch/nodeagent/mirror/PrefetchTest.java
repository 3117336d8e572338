package dev.hotpatch.nodeagent.mirror;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hotpatch.nodeagent.agent.ImageName;
import dev.hotpatch.nodeagent.metrics.Metrics;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PrefetchTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final ImagesOfNode node = new ImagesOfNode();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final Metrics metrics = new Metrics();

    private SampleImages images;
    private SignedPatches patches;
    private Prefetch prefetch;

    @BeforeEach
    void open() throws IOException {
        images = new SampleImages();
        patches = new SignedPatches(images);
        prefetch = new Prefetch(patches, patches.patches(), node, metrics, said::add, new Clock() {
            @Override
            public Instant instant() {
                return now.get();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        });
    }

    @AfterEach
    void close() {
        prefetch.close();
    }

    /** Looks as the node-agent does at each round, until as many pulls were asked for, and says which. */
    private List<String> pullsAfterLooking(int count) throws IOException {
        for (int i = 0; i < 1000; i++) {
            assertEquals(
                    patches.find(base()),
                    prefetch.find(base()),
                    "the agent gets what it would get without prefetching");
            now.updateAndGet(before -> before.plusMillis(500));
            if (i > 20 && node.pulls.size() >= count) {
                break;
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        return List.copyOf(node.pulls);
    }

    private ImageName base() {
        return new ImageName(SampleImages.REPOSITORY, images.base.digest());
    }

    private String target() {
        return SampleImages.REPOSITORY + "@" + images.target.digest();
    }

    @Test
    void pullsTheTargetOfAPatchOnce() throws Exception {
        patches.publish(images.delta());
        assertEquals(List.of(target()), pullsAfterLooking(1));
    }

    @Test
    void pullsNothingThatIsThere() throws Exception {
        node.images.add(target());
        patches.publish(images.delta());
        assertEquals(List.of(), pullsAfterLooking(0));
    }

    @Test
    void pullsNothingForAPatchThatNobodyTrustedHasSigned() throws Exception {
        patches.publishWronglySigned(images.delta());
        assertEquals(List.of(), pullsAfterLooking(0));
    }

    @Test
    void triesAgainWithPauses() throws Exception {
        node.unreachable = true;
        patches.publish(images.delta());
        assertEquals(1, pullsAfterLooking(1).size());
        now.updateAndGet(before -> before.plus(Duration.ofSeconds(61)));
        assertEquals(2, pullsAfterLooking(2).size());
        now.updateAndGet(before -> before.plus(Duration.ofSeconds(61)));
        assertEquals(2, pullsAfterLooking(2).size());
        node.unreachable = false;
        now.updateAndGet(before -> before.plus(Duration.ofSeconds(61)));
        assertEquals(3, pullsAfterLooking(3).size());
        now.updateAndGet(before -> before.plus(Duration.ofHours(10)));
        assertEquals(3, pullsAfterLooking(3).size());
    }
}
