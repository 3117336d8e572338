package dev.hotpatch.nodeagent.agent;

import java.io.IOException;

/** The kill switch was found thrown between two steps; what was begun stays as it is. */
final class StoppedException extends IOException {
    private static final long serialVersionUID = 1L;

    static final String MESSAGE = "the kill switch is thrown: remove the file 'stop' from the state directory to go on";

    StoppedException() {
        super(MESSAGE);
    }
}
