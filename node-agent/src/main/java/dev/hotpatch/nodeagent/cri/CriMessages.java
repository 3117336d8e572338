package dev.hotpatch.nodeagent.cri;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The few fields that are needed of a dozen messages of CRI v1 ({@code k8s.io/cri-api/pkg/apis/runtime/v1/api.proto}), read and
 * written by hand: generated classes of the whole interface would be a hundred times as much.
 */
final class CriMessages {
    private static final int MAX_CONTAINERS = 10_000;
    private static final int MAX_DIGESTS = 1_000;
    private static final int MAX_IMAGES = 10_000;
    private static final int MAX_TEXT = 4096;
    private static final int MAX_INFO = 4 << 20;
    private static final int RUNNING = 1;
    private static final String POD_NAME = "io.kubernetes.pod.name";
    private static final String POD_NAMESPACE = "io.kubernetes.pod.namespace";

    private CriMessages() {}

    /** One field of a message: its number and what to do with its value. */
    @FunctionalInterface
    private interface Field {
        void read(int number, CodedInputStream in) throws IOException;
    }

    record Version(String runtimeName, String runtimeVersion, String apiVersion) {}

    /** {@code VersionRequest}: version = 1. */
    static byte[] versionRequest() throws IOException {
        return message(out -> out.writeString(1, "v1"));
    }

    static Version version(byte[] bytes) throws IOException {
        String[] texts = {"", "", ""};
        fields(CodedInputStream.newInstance(bytes), (number, in) -> {
            if (number >= 2 && number <= 4) {
                texts[number - 2] = text(in);
            } else {
                skip(in);
            }
        });
        return new Version(texts[0], texts[1], texts[2]);
    }

    /** {@code ListContainersRequest}: filter = 1 {state = 2 {state = 1}}. */
    static byte[] listRunningRequest() throws IOException {
        byte[] state = message(out -> out.writeEnum(1, RUNNING));
        byte[] filter = message(out -> out.writeByteArray(2, state));
        return message(out -> out.writeByteArray(1, filter));
    }

    /** {@code ListContainersResponse}: containers = 1; those that do not run are left out whatever was asked. */
    static List<CriContainer> containers(byte[] bytes) throws IOException {
        List<CriContainer> containers = new ArrayList<>();
        fields(CodedInputStream.newInstance(bytes), (number, in) -> {
            if (number == 1) {
                ContainerFields container = container(nested(in));
                if (container.state == RUNNING && !container.id.isEmpty()) {
                    if (containers.size() == MAX_CONTAINERS) {
                        throw new IOException("more than " + MAX_CONTAINERS + " containers");
                    }
                    containers.add(container.value());
                }
            } else {
                skip(in);
            }
        });
        return List.copyOf(containers);
    }

    /** {@code ContainerStatusRequest}: container_id = 1, verbose = 2. */
    static byte[] containerStatusRequest(String id) throws IOException {
        return message(out -> {
            out.writeString(1, id);
            out.writeBool(2, true);
        });
    }

    /** {@code ContainerStatusResponse}: info = 2, a map whose entry {@code info} is JSON in containerd and CRI-O; empty if it has none. */
    static String containerInfo(byte[] bytes) throws IOException {
        String[] info = {""};
        fields(CodedInputStream.newInstance(bytes), (number, in) -> {
            if (number == 2) {
                String[] entry = entry(nested(in));
                if (entry[0].equals("info")) {
                    info[0] = entry[1];
                }
            } else {
                skip(in);
            }
        });
        return info[0];
    }

    /** {@code ImageStatusRequest}: image = 1 {image = 1}. */
    static byte[] imageStatusRequest(String image) throws IOException {
        byte[] spec = message(out -> out.writeString(1, image));
        return message(out -> out.writeByteArray(1, spec));
    }

    /** {@code ImageStatusResponse}: image = 1 {repo_digests = 3}; an unknown image has none. */
    static List<String> repoDigests(byte[] bytes) throws IOException {
        List<String> digests = new ArrayList<>();
        fields(CodedInputStream.newInstance(bytes), (number, in) -> {
            if (number != 1) {
                skip(in);
                return;
            }
            digestsOfImage(nested(in), digests);
        });
        return List.copyOf(digests);
    }

    /** {@code ListImagesResponse}: images = 1 {repo_digests = 3}. The request is empty. */
    static List<String> allRepoDigests(byte[] bytes) throws IOException {
        List<String> digests = new ArrayList<>();
        int[] images = {0};
        fields(CodedInputStream.newInstance(bytes), (number, in) -> {
            if (number != 1) {
                skip(in);
                return;
            }
            if (++images[0] > MAX_IMAGES) {
                throw new IOException("more than " + MAX_IMAGES + " images");
            }
            digestsOfImage(nested(in), digests);
        });
        return List.copyOf(digests);
    }

    /** {@code PullImageRequest}: image = 1 {image = 1}. */
    static byte[] pullImageRequest(String image) throws IOException {
        return imageStatusRequest(image);
    }

    /** {@code PullImageResponse}: image_ref = 1. */
    static String pulledImage(byte[] bytes) throws IOException {
        return firstText(CodedInputStream.newInstance(bytes));
    }

    /** {@code Image}: repo_digests = 3; adds them. */
    private static void digestsOfImage(CodedInputStream image, List<String> digests) throws IOException {
        int[] own = {0};
        fields(image, (number, in) -> {
            if (number != 3) {
                skip(in);
            } else if (++own[0] > MAX_DIGESTS) {
                throw new IOException("an image with more than " + MAX_DIGESTS + " digests");
            } else {
                digests.add(text(in));
            }
        });
    }

    /** {@code Container}: id = 1, metadata = 3 {name = 1}, image = 4 {image = 1}, image_ref = 5, state = 6, labels = 8. */
    private static ContainerFields container(CodedInputStream message) throws IOException {
        ContainerFields result = new ContainerFields();
        fields(message, (number, in) -> {
            switch (number) {
                case 1 -> result.id = text(in);
                case 3 -> result.name = firstText(nested(in));
                case 4 -> result.image = firstText(nested(in));
                case 5 -> result.imageRef = text(in);
                case 6 -> result.state = in.readEnum();
                case 8 -> result.label(entry(nested(in)));
                default -> skip(in);
            }
        });
        return result;
    }

    private static final class ContainerFields {
        private String id = "";
        private String name = "";
        private String image = "";
        private String imageRef = "";
        private String podName = "";
        private String podNamespace = "";
        private int state;

        void label(String[] entry) {
            if (entry[0].equals(POD_NAME)) {
                podName = entry[1];
            } else if (entry[0].equals(POD_NAMESPACE)) {
                podNamespace = entry[1];
            }
        }

        CriContainer value() {
            String pod = podNamespace.isEmpty() ? podName : podNamespace + "/" + podName;
            return new CriContainer(id, name, pod, image, imageRef);
        }
    }

    /** A map's entry: key = 1, value = 2. */
    private static String[] entry(CodedInputStream message) throws IOException {
        String[] entry = {"", ""};
        fields(message, (number, in) -> {
            switch (number) {
                case 1 -> entry[0] = text(in);
                case 2 -> entry[1] = text(in, MAX_INFO);
                default -> skip(in);
            }
        });
        return entry;
    }

    private static String firstText(CodedInputStream message) throws IOException {
        String[] text = {""};
        fields(message, (number, in) -> {
            if (number == 1) {
                text[0] = text(in);
            } else {
                skip(in);
            }
        });
        return text[0];
    }

    private static void fields(CodedInputStream in, Field field) throws IOException {
        while (!in.isAtEnd()) {
            int tag = in.readTag();
            if (tag == 0) {
                return;
            }
            field.read(WireFormat.getTagFieldNumber(tag), in);
        }
    }

    private static CodedInputStream nested(CodedInputStream in) throws IOException {
        requireLengthDelimited(in);
        return CodedInputStream.newInstance(in.readByteArray());
    }

    private static String text(CodedInputStream in) throws IOException {
        return text(in, MAX_TEXT);
    }

    private static String text(CodedInputStream in, int limit) throws IOException {
        requireLengthDelimited(in);
        String text = in.readStringRequireUtf8();
        if (text.length() > limit) {
            throw new IOException("a text of " + text.length() + " characters, at most " + limit + " are read");
        }
        return text;
    }

    private static void requireLengthDelimited(CodedInputStream in) throws IOException {
        if (WireFormat.getTagWireType(in.getLastTag()) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
            throw new IOException("field " + WireFormat.getTagFieldNumber(in.getLastTag()) + " is not of its type");
        }
    }

    private static void skip(CodedInputStream in) throws IOException {
        var unused = in.skipField(in.getLastTag());
    }

    /** Writes the fields of one message. */
    @FunctionalInterface
    private interface Body {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        body.write(out);
        out.flush();
        return bytes.toByteArray();
    }
}
