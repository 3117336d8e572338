package dev.hotpatch.nodeagent.proc;

import java.io.IOException;

/** A file of /proc that does not read as proc(5) says; the message names the file and the line. */
public final class ProcFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    ProcFormatException(String message) {
        super(message);
    }
}
