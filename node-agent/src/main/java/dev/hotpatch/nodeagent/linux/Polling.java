package dev.hotpatch.nodeagent.linux;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Waits for what cannot be waited for otherwise: asks again after 1 ms, 2 ms, 4 ms and so on. */
public final class Polling {
    private Polling() {}

    /** One question; empty means "not yet". */
    @FunctionalInterface
    public interface Question<T> {
        Optional<T> ask() throws IOException, InterruptedException;
    }

    /**
     * The first answer, or empty if there is none when {@code deadline} is over; asks at least once.
     *
     * @param longest the longest pause between two questions, at least 1 ms
     */
    public static <T> Optional<T> await(Deadline deadline, Duration longest, Question<T> question)
            throws IOException, InterruptedException {
        long pause = 1;
        while (true) {
            Optional<T> answer = question.ask();
            if (answer.isPresent() || deadline.isOver()) {
                return answer;
            }
            Thread.sleep(Math.min(pause, deadline.millisLeft()));
            pause = Math.min(pause * 2, longest.toMillis());
        }
    }
}
