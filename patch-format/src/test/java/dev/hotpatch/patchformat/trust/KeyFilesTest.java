package dev.hotpatch.patchformat.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyFilesTest {
    @TempDir
    private Path folder;

    @Test
    void onlyTheOwnerReadsAPrivateKey() throws IOException {
        Path file = folder.resolve("hotpatch.key");
        KeyFiles.writePrivate(file, Golden.RFC_KEY.toPem());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(
                Golden.RFC_KEY.publicKey(),
                KeyFiles.readPrivate(file, () -> new char[0]).publicKey());
    }

    @Test
    void aKeyIsNeverOverwritten() throws IOException {
        Path file = Files.writeString(folder.resolve("hotpatch.key"), "precious");
        assertThrows(FileAlreadyExistsException.class, () -> KeyFiles.writePrivate(file, Golden.RFC_KEY.toPem()));
        assertEquals("precious", Files.readString(file));
    }

    @Test
    void aSymbolicLinkIsNotFollowedWhenWriting() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("hotpatch.key"), folder.resolve("elsewhere"));
        assertThrows(FileAlreadyExistsException.class, () -> KeyFiles.writePrivate(link, Golden.RFC_KEY.toPem()));
        assertFalse(Files.exists(folder.resolve("elsewhere")));
    }

    @Test
    void readsSeveralPublicKeysFromOneFile() throws IOException {
        Path file = folder.resolve("trusted.pem");
        byte[] both = java.util.Arrays.copyOf(Golden.bytes("rsa.pub"), 451 + 113);
        System.arraycopy(Golden.bytes("ed.pub"), 0, both, 451, 113);
        KeyFiles.writePublic(file, both);
        assertEquals(List.of(Golden.key("rsa.pub"), Golden.key("ed.pub")), KeyFiles.readPublic(file));
    }

    @Test
    void namesTheFileThatCannotBeUsed() throws IOException {
        Path file = Files.writeString(
                folder.resolve("odd.pem"), "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n");
        KeyFileException refusal = assertThrows(KeyFileException.class, () -> KeyFiles.readPublic(file));
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.contains("odd.pem") && message.contains("CERTIFICATE"), message);
    }

    @Test
    void anEndlessFileIsNotRead() {
        assertThrows(KeyFileException.class, () -> KeyFiles.readPublic(Path.of("/dev/zero")));
    }
}
