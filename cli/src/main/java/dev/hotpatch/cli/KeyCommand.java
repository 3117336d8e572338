package dev.hotpatch.cli;

import dev.hotpatch.patchformat.trust.KeyFiles;
import dev.hotpatch.patchformat.trust.SigningKey;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hotpatch key}. */
@Command(
        name = "key",
        description = "Make keys to sign patches with.",
        subcommands = {KeyCommand.Generate.class},
        synopsisSubcommandLabel = "generate")
final class KeyCommand {
    /** {@code hotpatch key generate}. */
    @Command(
            name = "generate",
            description = {
                "Make an ECDSA P-256 key pair: PREFIX.key, secret, and PREFIX.pub.",
                "With a password (HOTPATCH_KEY_PASSWORD, or asked for on a terminal) the secret key is encrypted in cosign's form."
            })
    static final class Generate extends Verb {
        @Option(
                names = {"-o", "--output"},
                paramLabel = "PREFIX",
                defaultValue = "hotpatch",
                description = "Where to write; default: ${DEFAULT-VALUE}.")
        private Path prefix = Path.of("hotpatch");

        @Option(names = "--no-password", description = "Write the secret key in the clear (PKCS#8).")
        private boolean noPassword;

        @Option(names = "--dry-run", description = "Only check that the files could be written.")
        private boolean dryRun;

        @Override
        public Integer call() throws IOException, VerbException {
            Path secret = beside(".key");
            Path open = beside(".pub");
            for (Path file : new Path[] {secret, open}) {
                if (Files.exists(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
                    throw new FileAlreadyExistsException(file.toString());
                }
            }
            char[] password = noPassword ? new char[0] : Passwords.fromUser("Password for the new key (empty: none): ");
            SecureRandom random = new SecureRandom();
            SigningKey key = SigningKey.generate(random);
            if (!dryRun) {
                KeyFiles.writePrivate(
                        secret, password.length == 0 ? key.toPem() : key.toEncryptedPem(password, random));
                KeyFiles.writePublic(open, key.publicKey().toPem());
            }
            Arrays.fill(password, '\0');
            report(secret, open, key);
            return ExitCode.OK;
        }

        private void report(Path secret, Path open, SigningKey key) {
            if (json) {
                Map<String, Object> result = new LinkedHashMap<>();
                result.put("privateKey", secret.toString());
                result.put("publicKey", open.toString());
                result.put("keyId", key.publicKey().id());
                result.put("dryRun", dryRun);
                terminal().json("Key", result);
            } else {
                terminal().result((dryRun ? "would write " : "wrote ") + secret + " (secret) and " + open);
            }
        }

        private Path beside(String suffix) {
            return prefix.resolveSibling(prefix.getFileName() + suffix);
        }
    }
}
