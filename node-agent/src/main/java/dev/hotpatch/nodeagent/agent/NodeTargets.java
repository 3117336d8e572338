package dev.hotpatch.nodeagent.agent;

import dev.hotpatch.nodeagent.cri.ContainerRuntime;
import dev.hotpatch.nodeagent.cri.CriContainer;
import dev.hotpatch.nodeagent.cri.CriException;
import dev.hotpatch.nodeagent.journal.JvmKey;
import dev.hotpatch.nodeagent.proc.Inspection;
import dev.hotpatch.nodeagent.proc.JvmProcess;
import dev.hotpatch.nodeagent.proc.ProcFs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Joins what /proc shows with what the container runtime says, by the container's id in the cgroup. Where there is no runtime to
 * ask, and only there, a JVM has the image that its variable {@value JvmProcess#IMAGE_VARIABLE} names: it can bring it only patches that are
 * signed for that image and whose classes it has, but it also chooses which registry is asked, so it is not heard without need.
 */
public final class NodeTargets implements TargetFinder {
    private final ProcFs proc;
    private final Optional<ContainerRuntime> runtime;
    private final String bootId;

    /** Without {@code runtime}, images are told by the processes only. */
    public NodeTargets(ProcFs proc, Optional<ContainerRuntime> runtime) throws IOException {
        this.proc = proc;
        this.runtime = runtime;
        this.bootId = proc.bootId();
    }

    @Override
    public List<Target> find() throws IOException {
        Map<String, CriContainer> containers = containers();
        Map<String, List<ImageName>> images = new HashMap<>();
        List<Target> targets = new ArrayList<>();
        for (int pid : proc.pids()) {
            Inspection inspection = inspect(pid);
            if (inspection instanceof Inspection.Attachable found) {
                JvmProcess jvm = found.process();
                targets.add(target(
                        jvm.pid(),
                        jvm.startTime(),
                        jvm.containerId(),
                        jvm.declaredImage(),
                        inspection,
                        containers,
                        images));
            } else if (inspection instanceof Inspection.Refused refused) {
                targets.add(target(
                        refused.pid(),
                        refused.startTime(),
                        refused.containerId(),
                        refused.declaredImage(),
                        inspection,
                        containers,
                        images));
            }
        }
        return targets;
    }

    @Override
    public boolean isAlive(JvmKey jvm) throws IOException {
        return jvm.bootId().equals(bootId) && proc.startTime(jvm.pid()).orElse(-1) == jvm.startTime();
    }

    /** One unreadable process does not hide the others. */
    private Inspection inspect(int pid) {
        try {
            return proc.inspect(pid);
        } catch (IOException e) {
            return new Inspection.NotJvm();
        }
    }

    private Map<String, CriContainer> containers() throws CriException {
        Map<String, CriContainer> byId = new HashMap<>();
        if (runtime.isPresent()) {
            for (CriContainer container : runtime.get().running()) {
                byId.put(container.id(), container);
            }
        }
        return byId;
    }

    private Target target(
            int pid,
            long startTime,
            Optional<String> containerId,
            Optional<String> declared,
            Inspection inspection,
            Map<String, CriContainer> containers,
            Map<String, List<ImageName>> images)
            throws IOException {
        JvmKey key = new JvmKey(
                bootId,
                pid,
                startTime,
                containerId.map(id -> id.substring(0, 12)).orElse("host"));
        CriContainer container = containerId.map(containers::get).orElse(null);
        if (container == null) {
            List<ImageName> told = runtime.isPresent()
                    ? List.of()
                    : declared.flatMap(ImageName::parse).map(List::of).orElse(List.of());
            return new Target(key, inspection, told, "process " + pid);
        }
        List<ImageName> known = images.get(container.imageRef());
        if (known == null) {
            known = imagesOf(container);
            images.put(container.imageRef(), known);
        }
        String where = (container.pod().isEmpty() ? "container " : container.pod() + " ") + container.name();
        return new Target(key, inspection, known, where);
    }

    private List<ImageName> imagesOf(CriContainer container) throws CriException {
        ContainerRuntime asked = runtime.orElseThrow();
        return asked.repoDigests(container.imageRef()).stream()
                .flatMap(name -> ImageName.parse(name).stream())
                .toList();
    }
}
