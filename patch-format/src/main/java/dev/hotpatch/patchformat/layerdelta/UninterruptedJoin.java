package dev.hotpatch.patchformat.layerdelta;

/** Waits for threads that use what the caller frees next, so that an interrupt must not cut it short; it is passed on afterwards. */
final class UninterruptedJoin {
    private UninterruptedJoin() {}

    /** Returns when the thread has ended; whoever calls has seen to it that it will. */
    static void of(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
