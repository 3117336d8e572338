package dev.hotpatch.nodeagent.mirror;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hotpatch.patchformat.oci.Digest;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MirrorRequestTest {
    private static final String DIGEST = "sha256:" + "0".repeat(64);

    @Test
    void readsWhatContainerdAsks() {
        assertEquals(
                Optional.of(new MirrorRequest("reg.example:5000/a/b", true, Digest.parse(DIGEST))),
                MirrorRequest.parse(URI.create("/v2/a/b/manifests/" + DIGEST + "?ns=reg.example%3A5000")));
        assertEquals(
                Optional.of(new MirrorRequest("docker.io/library/x", false, Digest.parse(DIGEST))),
                MirrorRequest.parse(URI.create("/v2/library/x/blobs/" + DIGEST + "?a=b&ns=docker.io")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2/a/manifests/latest?ns=reg.example",
                "/v2/a/tags/list?ns=reg.example",
                "/v2/a/blobs/sha256:0?ns=reg.example",
                "/v2/a/blobs/uploads/?ns=reg.example",
                "/v2/blobs/x?ns=reg.example",
                "/v2/a/manifests/" + "sha256:0000000000000000000000000000000000000000000000000000000000000000",
                "/v2/a/manifests/" + "sha256:0000000000000000000000000000000000000000000000000000000000000000?ns=",
                "/v2/a/manifests/" + "sha256:0000000000000000000000000000000000000000000000000000000000000000?ns=a/b",
                "/x",
                "*"
            })
    void allElseIsNotHere(String uri) {
        assertEquals(Optional.empty(), MirrorRequest.parse(URI.create(uri)));
    }
}
