package dev.hotpatch.jvmagent.core;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the hook is asked to do; unknown keys, versions and commands are refused, never ignored. */
final class Request {
    enum Command {
        APPLY,
        ROLLBACK,
        STATUS,
        PREFLIGHT
    }

    private static final int MAX_CHARACTERS = 1024;
    private static final Set<String> ATTACH_KEYS = new HashSet<>(Arrays.asList("v", "cmd", "id", "zip", "sha256"));
    private static final Set<String> PRELOAD_KEYS = new HashSet<>(Arrays.asList("v", "id", "patch", "sha256"));
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

    final String id;
    final Command command;
    /** Path of the live unit, as this JVM sees it. */
    final @Nullable String zip;

    final @Nullable String sha256;

    private Request(String id, Command command, @Nullable String zip, @Nullable String sha256) {
        this.id = id;
        this.command = command;
        this.zip = zip;
        this.sha256 = sha256;
    }

    /** The request of a late attach; a patch must come with the digest of its file. */
    static Request ofAttach(String text) throws Refusal {
        Map<String, String> fields = fields(text, ATTACH_KEYS);
        if (!"1".equals(fields.get("v"))) {
            throw bad("v=1 expected, found v=" + fields.get("v") + "; use a hook of the node-agent's version");
        }
        String id = fields.get("id");
        if (id == null || !ID.matcher(id).matches()) {
            throw bad("id must be 1 to 64 of A-Z a-z 0-9 -");
        }
        Command command = command(fields.get("cmd"));
        String zip = fields.get("zip");
        String sha256 = fields.get("sha256");
        boolean takesPatch = command == Command.APPLY || command == Command.PREFLIGHT;
        if (takesPatch != (zip != null) || takesPatch != (sha256 != null)) {
            throw bad("apply and preflight need zip and sha256, the other commands take neither");
        }
        return new Request(id, command, zip, checked(sha256));
    }

    /** The request of {@code -javaagent:…=patch=FILE}; without a patch, the status. */
    static Request ofPreload(String text) throws Refusal {
        Map<String, String> fields = fields(text, PRELOAD_KEYS);
        String version = fields.get("v");
        if (version != null && !"1".equals(version)) {
            throw bad("v=1 expected, found v=" + version);
        }
        String id = fields.get("id");
        if (id != null && !ID.matcher(id).matches()) {
            throw bad("id must be 1 to 64 of A-Z a-z 0-9 -");
        }
        String patch = fields.get("patch");
        return new Request(
                id == null ? "preload" : id,
                patch == null ? Command.STATUS : Command.APPLY,
                patch,
                checked(fields.get("sha256")));
    }

    /** The id in a text that may be no proper request, so that the refusal finds its way back; empty if there is none. */
    static String idIn(String text) {
        for (String field : text.length() > MAX_CHARACTERS ? new String[0] : text.split(";")) {
            if (field.startsWith("id=") && ID.matcher(field.substring(3)).matches()) {
                return field.substring(3);
            }
        }
        return "";
    }

    private static Map<String, String> fields(String text, Set<String> allowed) throws Refusal {
        if (text.length() > MAX_CHARACTERS) {
            throw bad("at most " + MAX_CHARACTERS + " characters expected, found " + text.length());
        }
        Map<String, String> fields = Fields.parse(text);
        for (String key : fields.keySet()) {
            if (!allowed.contains(key)) {
                throw bad("unknown key " + key);
            }
        }
        return fields;
    }

    private static Command command(@Nullable String word) throws Refusal {
        if (word != null) {
            switch (word) {
                case "apply":
                    return Command.APPLY;
                case "rollback":
                    return Command.ROLLBACK;
                case "status":
                    return Command.STATUS;
                case "preflight":
                    return Command.PREFLIGHT;
                default:
                    break;
            }
        }
        throw bad("cmd must be apply, rollback, status or preflight, found " + word);
    }

    private static @Nullable String checked(@Nullable String sha256) throws Refusal {
        if (sha256 != null && !Sha256.isHex(sha256)) {
            throw bad("sha256 must be 64 lower-case hexadecimal digits");
        }
        return sha256;
    }

    private static Refusal bad(String message) {
        return new Refusal(Refusal.BAD_REQUEST, "the request was not understood: " + message);
    }
}
