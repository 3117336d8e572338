package dev.hotpatch.cli;

import java.io.Console;

/** Passwords of signing keys: from the environment, else from the terminal, else none. */
final class Passwords {
    private Passwords() {}

    /** HOTPATCH_KEY_PASSWORD, or COSIGN_PASSWORD, or what the user types; empty if there is nobody to ask. The caller wipes it. */
    static char[] fromUser(String prompt) {
        for (String name : new String[] {"HOTPATCH_KEY_PASSWORD", "COSIGN_PASSWORD"}) {
            String value = System.getenv(name);
            if (value != null) {
                return value.toCharArray();
            }
        }
        Console console = Boolean.getBoolean("hotpatch.terminal") ? System.console() : null;
        char[] typed = console == null ? null : console.readPassword("%s", prompt);
        return typed == null ? new char[0] : typed;
    }
}
