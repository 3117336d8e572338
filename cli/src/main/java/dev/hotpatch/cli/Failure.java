package dev.hotpatch.cli;

import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.patchformat.live.LiveUnitException;
import dev.hotpatch.patchformat.oci.DigestMismatchException;
import dev.hotpatch.patchformat.trust.VerificationException;
import dev.hotpatch.registryclient.NotAuthorisedException;
import dev.hotpatch.registryclient.NotFoundException;
import java.io.FileNotFoundException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What a failure means to the user.
 *
 * @param exitCode one of {@link ExitCode}
 * @param reason a stable word for programs
 * @param message for people: what, on what, and what to do
 */
record Failure(int exitCode, String reason, String message) {
    static Failure of(Throwable thrown) {
        String message = message(thrown) + troubleBefore(thrown);
        if (thrown instanceof VerbException e) {
            return new Failure(e.exitCode(), e.reason(), message);
        }
        if (thrown instanceof VerificationException e) {
            return new Failure(ExitCode.VERIFICATION_FAILED, e.reason().word(), message);
        }
        if (thrown instanceof DigestMismatchException) {
            return new Failure(ExitCode.VERIFICATION_FAILED, "tampered", message);
        }
        if (thrown instanceof LiveUnitException || thrown instanceof JsonException) {
            return new Failure(ExitCode.VERIFICATION_FAILED, "malformed", message);
        }
        if (thrown instanceof NotAuthorisedException) {
            return new Failure(ExitCode.NOT_AUTHORISED, "not-authorised", message);
        }
        if (thrown instanceof NotFoundException) {
            return new Failure(ExitCode.NOT_FOUND, "not-found", message);
        }
        if (thrown instanceof NoSuchFileException || thrown instanceof FileNotFoundException) {
            return new Failure(ExitCode.NOT_FOUND, "not-found", message);
        }
        if (thrown instanceof OutOfMemoryError) {
            return new Failure(
                    ExitCode.ERROR, "out-of-memory", message + "; give it more with HOTPATCH_JAVA_OPTS=-Xmx2g");
        }
        return new Failure(ExitCode.ERROR, "error", message);
    }

    /** What had gone wrong before; callers keep it as suppressed exceptions. */
    private static String troubleBefore(Throwable thrown) {
        return Arrays.stream(thrown.getSuppressed())
                .map(before -> "; before that: " + message(before))
                .collect(Collectors.joining());
    }

    private static String message(Throwable thrown) {
        if (thrown instanceof FileAlreadyExistsException e && e.getReason() == null) {
            return e.getFile() + ": is there already, and is not overwritten; choose another name";
        }
        if (thrown instanceof NoSuchFileException e && e.getReason() == null) {
            return e.getFile() + ": no such file or folder";
        }
        if (thrown instanceof FileSystemException e) {
            return e.getFile() + ": " + (e.getReason() == null ? e.getClass().getSimpleName() : e.getReason());
        }
        String message = thrown.getMessage();
        return message == null || message.isBlank() ? thrown.getClass().getSimpleName() : message;
    }
}
