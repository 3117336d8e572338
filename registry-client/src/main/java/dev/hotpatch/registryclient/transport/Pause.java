package dev.hotpatch.registryclient.transport;

import java.time.Duration;

/** Lets time pass. */
@FunctionalInterface
public interface Pause {
    void pause(Duration duration) throws InterruptedException;
}
