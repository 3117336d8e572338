package dev.hotpatch.nodeagent.cri;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The few fields that are needed of a dozen messages of CRI v1 ({@code k8s.io/cri-api/pkg/apis/runtime/v1/api.proto}), read and
 * written by hand.
 */
final class CriMessages {
    private static final int MAX_CONTAINERS = 10_000;
    private static final int MAX_DIGESTS = 1_000;
    private static final int MAX_IMAGES = 10_000;
    private static final int MAX_INFO = 4 << 20;
    private static final int RUNNING = 1;
    private static final String POD_NAME = "io.kubernetes.pod.name";
    private static final String POD_NAMESPACE = "io.kubernetes.pod.namespace";

    private CriMessages() {}

    record Version(String runtimeName, String runtimeVersion, String apiVersion) {}

    /** {@code VersionRequest}: version = 1. */
    static byte[] versionRequest() throws IOException {
        return Proto.message(out -> out.writeString(1, "v1"));
    }

    static Version version(byte[] bytes) throws IOException {
        String[] texts = {"", "", ""};
        Proto.fields(CodedInputStream.newInstance(bytes), (number, in) -> {
            if (number >= 2 && number <= 4) {
                texts[number - 2] = Proto.text(in);
            } else {
                Proto.skip(in);
            }
        });
        return new Version(texts[0], texts[1], texts[2]);
    }

    /** {@code ListContainersRequest}: filter = 1 {state = 2 {state = 1}}. */
    static byte[] listRunningRequest() throws IOException {
        byte[] state = Proto.message(out -> out.writeEnum(1, RUNNING));
        byte[] filter = Proto.message(out -> out.writeByteArray(2, state));
        return Proto.message(out -> out.writeByteArray(1, filter));
    }

    /** {@code ListContainersResponse}: containers = 1; those that do not run are left out whatever was asked. */
    static List<CriContainer> containers(byte[] bytes) throws IOException {
        List<CriContainer> containers = new ArrayList<>();
        Proto.fields(CodedInputStream.newInstance(bytes), (number, in) -> {
            if (number == 1) {
                ContainerFields container = container(Proto.nested(in));
                if (container.state == RUNNING && !container.id.isEmpty()) {
                    if (containers.size() == MAX_CONTAINERS) {
                        throw new IOException("more than " + MAX_CONTAINERS + " containers");
                    }
                    containers.add(container.value());
                }
            } else {
                Proto.skip(in);
            }
        });
        return List.copyOf(containers);
    }

    /** {@code ContainerStatusRequest}: container_id = 1, verbose = 2. */
    static byte[] containerStatusRequest(String id) throws IOException {
        return Proto.message(out -> {
            out.writeString(1, id);
            out.writeBool(2, true);
        });
    }

    /** {@code ContainerStatusResponse}: info = 2, a map whose entry {@code info} is JSON in containerd and CRI-O; empty if it has none. */
    static String containerInfo(byte[] bytes) throws IOException {
        String[] info = {""};
        Proto.fields(CodedInputStream.newInstance(bytes), (number, in) -> {
            if (number == 2) {
                String[] entry = entry(Proto.nested(in));
                if (entry[0].equals("info")) {
                    info[0] = entry[1];
                }
            } else {
                Proto.skip(in);
            }
        });
        return info[0];
    }

    /** {@code ImageStatusRequest}: image = 1 {image = 1}. */
    static byte[] imageStatusRequest(String image) throws IOException {
        byte[] spec = Proto.message(out -> out.writeString(1, image));
        return Proto.message(out -> out.writeByteArray(1, spec));
    }

    /** {@code ImageStatusResponse}: image = 1 {repo_digests = 3}; an unknown image has none. */
    static List<String> repoDigests(byte[] bytes) throws IOException {
        List<String> digests = new ArrayList<>();
        Proto.fields(CodedInputStream.newInstance(bytes), (number, in) -> {
            if (number != 1) {
                Proto.skip(in);
                return;
            }
            digestsOfImage(Proto.nested(in), digests);
        });
        return List.copyOf(digests);
    }

    /** {@code ListImagesResponse}: images = 1 {repo_digests = 3}. The request is empty. */
    static List<String> allRepoDigests(byte[] bytes) throws IOException {
        List<String> digests = new ArrayList<>();
        int[] images = {0};
        Proto.fields(CodedInputStream.newInstance(bytes), (number, in) -> {
            if (number != 1) {
                Proto.skip(in);
                return;
            }
            if (++images[0] > MAX_IMAGES) {
                throw new IOException("more than " + MAX_IMAGES + " images");
            }
            digestsOfImage(Proto.nested(in), digests);
        });
        return List.copyOf(digests);
    }

    /** {@code PullImageRequest}: image = 1 {image = 1}. */
    static byte[] pullImageRequest(String image) throws IOException {
        return imageStatusRequest(image);
    }

    /** {@code PullImageResponse}: image_ref = 1. */
    static String pulledImage(byte[] bytes) throws IOException {
        return Proto.firstText(CodedInputStream.newInstance(bytes));
    }

    /** {@code Image}: repo_digests = 3; adds them. */
    private static void digestsOfImage(CodedInputStream image, List<String> digests) throws IOException {
        int[] own = {0};
        Proto.fields(image, (number, in) -> {
            if (number != 3) {
                Proto.skip(in);
            } else if (++own[0] > MAX_DIGESTS) {
                throw new IOException("an image with more than " + MAX_DIGESTS + " digests");
            } else {
                digests.add(Proto.text(in));
            }
        });
    }

    /** {@code Container}: id = 1, metadata = 3 {name = 1}, image = 4 {image = 1}, image_ref = 5, state = 6, labels = 8. */
    private static ContainerFields container(CodedInputStream message) throws IOException {
        ContainerFields result = new ContainerFields();
        Proto.fields(message, (number, in) -> {
            switch (number) {
                case 1 -> result.id = Proto.text(in);
                case 3 -> result.name = Proto.firstText(Proto.nested(in));
                case 4 -> result.image = Proto.firstText(Proto.nested(in));
                case 5 -> result.imageRef = Proto.text(in);
                case 6 -> result.state = in.readEnum();
                case 8 -> result.label(entry(Proto.nested(in)));
                default -> Proto.skip(in);
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
        Proto.fields(message, (number, in) -> {
            switch (number) {
                case 1 -> entry[0] = Proto.text(in);
                case 2 -> entry[1] = Proto.text(in, MAX_INFO);
                default -> Proto.skip(in);
            }
        });
        return entry;
    }
}
