package dev.hotpatch.registryclient.registry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.DigestMismatchException;
import dev.hotpatch.registryclient.NotFoundException;
import dev.hotpatch.registryclient.RegistryException;
import dev.hotpatch.registryclient.reference.Repository;
import dev.hotpatch.testdata.registry.Fault;
import dev.hotpatch.testdata.registry.InProcessRegistry;
import dev.hotpatch.testdata.registry.SeenRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullMarked
final class TransferTest {
    private static final byte[] BYTES = Content.random(500_000);
    private static final Descriptor BLOB = Content.blob(BYTES);

    @TempDir
    Path folder;

    private InProcessRegistry server;
    private Registry client;
    private Repository repository;
    private Path target;
    private Path partial;

    @BeforeEach
    void start() throws IOException {
        server = InProcessRegistry.start();
        client = Registry.open(Content.options().chunkBytes(200_000));
        repository = Content.repository(server);
        target = folder.resolve("blob");
        partial = folder.resolve(BLOB.digest().hex() + ".partial");
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void resumesAStreamThatBreaksWithAClosedRange() throws Exception {
        Content.push(client, repository, BYTES);
        server.faults().next("GET", "/blobs/", new Fault.Truncate(100_000));
        try (InputStream in = client.blob(repository, BLOB)) {
            assertArrayEquals(BYTES, in.readAllBytes());
        }
        List<SeenRequest> gets = seen("GET", "/blobs/");
        assertEquals("bytes=100000-499999", gets.get(1).header("Range"));
        assertEquals("identity", gets.get(0).header("Accept-Encoding"));
    }

    @Test
    void neverEndsAStreamCleanlyOnAFlippedBit() throws Exception {
        Content.push(client, repository, BYTES);
        server.faults().next("GET", "/blobs/", new Fault.FlipBit(499_999));
        try (InputStream in = client.blob(repository, BLOB)) {
            assertThrows(DigestMismatchException.class, in::readAllBytes);
        }
    }

    @Test
    void doesNotAskAgainWhereTheRegistryHasLostSomeOfABlob() throws Exception {
        Content.push(client, repository, BYTES);
        Descriptor longer = Descriptor.of(BLOB.mediaType(), BLOB.digest(), BLOB.size() + 10);
        assertThrows(
                DigestMismatchException.class,
                () -> client.blob(repository, longer).close());
        assertEquals(1, seen("GET", "/blobs/").size());
    }

    @Test
    void completesWhatAnEarlierDownloadLeft() throws Exception {
        Content.push(client, repository, BYTES);
        Files.write(partial, Arrays.copyOf(BYTES, 300_000));
        client.downloadBlob(repository, BLOB, target);
        assertArrayEquals(BYTES, Files.readAllBytes(target));
        assertFalse(Files.exists(partial));
        assertEquals("bytes=300000-499999", seen("GET", "/blobs/").get(0).header("Range"));
    }

    @Test
    void asksForNothingWhenTheDownloadIsThereAlready() throws Exception {
        Files.write(partial, BYTES);
        client.downloadBlob(repository, BLOB, target);
        client.downloadBlob(repository, BLOB, target);
        assertArrayEquals(BYTES, Files.readAllBytes(target));
        assertEquals(List.of(), server.requests());
    }

    @Test
    void startsAgainWhenWhatWasLeftIsWrong() throws Exception {
        Content.push(client, repository, BYTES);
        Files.write(partial, new byte[300_000]);
        client.downloadBlob(repository, BLOB, target);
        assertArrayEquals(BYTES, Files.readAllBytes(target));
    }

    @Test
    void copesWithARegistryThatIgnoresRanges() throws Exception {
        Content.push(client, repository, BYTES);
        Files.write(partial, Arrays.copyOf(BYTES, 300_000));
        server.faults().next("GET", "/blobs/", new Fault.IgnoreHeader("Range"));
        client.downloadBlob(repository, BLOB, target);
        assertArrayEquals(BYTES, Files.readAllBytes(target));
    }

    @Test
    void copesWithARegistryThatRefusesTheRange() throws Exception {
        Content.push(client, repository, BYTES);
        Files.write(partial, Arrays.copyOf(BYTES, 300_000));
        server.faults().next("GET", "/blobs/", Fault.status(416));
        client.downloadBlob(repository, BLOB, target);
        assertArrayEquals(BYTES, Files.readAllBytes(target));
    }

    @Test
    void leavesNoFileWhenTheContentStaysWrong() throws Exception {
        Content.push(client, repository, BYTES);
        server.faults().on(request -> request.method().equals("GET"), 0, 9, new Fault.FlipBit(5));
        assertThrows(DigestMismatchException.class, () -> client.downloadBlob(repository, BLOB, target));
        assertFalse(Files.exists(target));
        assertFalse(Files.exists(partial));
    }

    @Test
    void keepsThePartialFileWhenTheRegistryStaysAway() throws Exception {
        Content.push(client, repository, BYTES);
        server.faults().next("GET", "/blobs/", new Fault.Truncate(100_000));
        server.faults().on(request -> !request.header("Range").isEmpty(), 0, 99, new Fault.Drop());
        assertThrows(IOException.class, () -> client.downloadBlob(repository, BLOB, target));
        assertEquals(100_000, Files.size(partial));
        assertFalse(Files.exists(target));
    }

    @Test
    void saysThatABlobIsNotThere() {
        assertThrows(NotFoundException.class, () -> client.blob(repository, BLOB));
    }

    @Test
    void sendsALargeBlobInChunksEachToAFreshLocation() throws Exception {
        Content.push(client, repository, BYTES);
        List<SeenRequest> chunks = seen("PATCH", "/blobs/uploads/");
        assertEquals(
                List.of("0-199999", "200000-399999", "400000-499999"),
                chunks.stream().map(chunk -> chunk.header("Content-Range")).toList());
        assertEquals(3, chunks.stream().map(SeenRequest::query).distinct().count());
        assertTrue(seen("PUT", "/blobs/uploads/").get(0).query().startsWith("_state="));
        assertStored();
    }

    @Test
    void sendsOnlyTheRestAfterABrokenChunk() throws Exception {
        server.faults().on(request -> request.method().equals("PATCH"), 1, 1, new Fault.DropRequest(64_000));
        Content.push(client, repository, BYTES);
        List<SeenRequest> chunks = seen("PATCH", "/blobs/uploads/");
        assertTrue(chunks.stream()
                        .map(chunk -> chunk.header("Content-Range"))
                        .distinct()
                        .count()
                == chunks.size());
        assertEquals(1, seen("POST", "/blobs/uploads/").size());
        assertEquals(1, seen("GET", "/blobs/uploads/").size());
        assertStored();
    }

    @Test
    void doesNotSendAChunkAgainWhoseAnswerWasLost() throws Exception {
        server.faults().next("PATCH", "/blobs/uploads/", new Fault.LoseReply());
        Content.push(client, repository, BYTES);
        assertEquals(3, seen("PATCH", "/blobs/uploads/").size());
        assertStored();
    }

    @Test
    void looksForTheBlobAfterALostAnswerToTheLastRequest() throws Exception {
        server.faults().next("PUT", "/blobs/uploads/", new Fault.LoseReply());
        Content.push(client, repository, BYTES);
        assertEquals(1, seen("PUT", "/blobs/uploads/").size());
        assertEquals(2, seen("HEAD", "/blobs/").size());
        assertStored();
    }

    @Test
    void opensANewSessionWhenTheOldOneIsGone() throws Exception {
        server.faults().next("PATCH", "/blobs/uploads/", Fault.status(503));
        server.faults().next("GET", "/blobs/uploads/", Fault.status(404));
        Content.push(client, repository, BYTES);
        assertEquals(2, seen("POST", "/blobs/uploads/").size());
        assertStored();
    }

    @Test
    void mountsABlobOfAnotherRepository() throws Exception {
        Content.push(client, repository, BYTES);
        Repository other = new Repository(server.host(), "team/other");
        assertFalse(client.pushBlob(other, BLOB, BlobSource.of(BYTES), Optional.of(repository)));
        try (InputStream in = client.blob(other, BLOB)) {
            assertArrayEquals(BYTES, in.readAllBytes());
        }
        assertEquals(3, seen("PATCH", "/").size());
    }

    @Test
    void uploadsWhereMountingIsNotPossible() throws Exception {
        Repository empty = new Repository(server.host(), "team/empty");
        assertTrue(client.pushBlob(repository, BLOB, BlobSource.of(BYTES), Optional.of(empty)));
        assertStored();
    }

    @Test
    void refusesAnUploadLocationAtAnotherOrigin() throws Exception {
        try (InProcessRegistry thief = InProcessRegistry.start()) {
            server.faults()
                    .next(
                            "POST",
                            "/blobs/uploads/",
                            new Fault.ChangeHeader("Location", "http://" + thief.host() + "/v2/x/blobs/uploads/1"));
            RegistryException refusal =
                    assertThrows(RegistryException.class, () -> Content.push(client, repository, BYTES));
            assertTrue(String.valueOf(refusal.getMessage()).contains("refused"), refusal.getMessage());
            assertEquals(List.of(), thief.requests());
        }
    }

    private void assertStored() throws IOException {
        try (InputStream in = client.blob(repository, BLOB)) {
            assertArrayEquals(BYTES, in.readAllBytes());
        }
    }

    private List<SeenRequest> seen(String method, String pathPart) {
        return server.requests().stream()
                .filter(request ->
                        request.method().equals(method) && request.path().contains(pathPart))
                .toList();
    }
}
