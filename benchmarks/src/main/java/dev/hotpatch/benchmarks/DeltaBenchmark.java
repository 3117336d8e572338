package dev.hotpatch.benchmarks;

import dev.hotpatch.testdata.corpus.Folders;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Layer deltas against those of others: size, time and memory of both ways, every one as a process of its own. */
final class DeltaBenchmark {
    private static final String HEAP = "-Xmx768m";
    private static final double NANOS = 1e9;
    private static final double MEGABYTE = 1e6;

    /** After so many rounds the node-agent's process would be as fast as it gets. */
    private static final int WARM = 4;

    private final Releases releases;
    private final int runs;

    DeltaBenchmark(Releases releases, int runs) {
        this.releases = releases;
        this.runs = runs;
    }

    /**
     * Measures pairs.
     *
     * @param filters the pairs in whose names one of these occurs; all, if there is none
     */
    void run(PrintStream out, Path temporary, List<String> filters) throws IOException, InterruptedException {
        List<DeltaPeer> peers = new ArrayList<>();
        for (DeltaPeer peer : DeltaPeer.values()) {
            if (peer.isInstalled()) {
                peers.add(peer);
            } else {
                out.println("\n**" + peer.title() + " is not measured: this machine has no " + peer.program()
                        + "; system-tests/bin/prepare peers installs it.**");
            }
        }
        DeltaPairs pairs = new DeltaPairs(releases, Files.createDirectory(temporary.resolve("images")));
        for (String name : DeltaPairs.NAMES) {
            if (filters.isEmpty() || filters.stream().anyMatch(name::contains)) {
                Path folder = Files.createDirectory(temporary.resolve(name));
                pair(pairs.pair(name), peers, out, folder);
                Folders.delete(folder);
            }
        }
    }

    private void pair(DeltaPair pair, List<DeltaPeer> peers, PrintStream out, Path folder)
            throws IOException, InterruptedException {
        Table table = new Table(
                out,
                String.format(
                        Locale.ROOT, "%s: changed layers %,d KB", pair.name(), Math.round(pair.fullSize() / 1000.0)),
                List.of(
                        "delta",
                        "given",
                        "KB",
                        "% of layers",
                        "hotpatch is … of it",
                        "encode, s",
                        "of processor, s",
                        "peak, MB",
                        "decode, s",
                        "peak, MB"));
        DeltaFigures own = own(pair, folder);
        double full = pair.fullSize();
        row(table, "full layers", "", DeltaFigures.ofSize((long) full), full, own);
        row(table, "hotpatch", "layers", own, full, own);
        Map<DeltaPeer, Long> inflated = new EnumMap<>(DeltaPeer.class);
        for (boolean deep : new boolean[] {false, true}) {
            DeltaPair.Tars tars = pair.tars(folder, deep);
            for (DeltaPeer peer : peers) {
                DeltaFigures figures = measure(peer, tars, folder);
                row(table, peer.title(), deep ? "inflated" : "raw", figures, full, own);
                if (deep) {
                    inflated.put(peer, figures.size());
                }
            }
        }
        summary(pair, own, inflated, out, folder);
    }

    private static void row(
            Table table, String name, String given, DeltaFigures figures, double full, DeltaFigures own) {
        table.row(List.of(
                name,
                given,
                String.format(Locale.ROOT, "%,d", Math.round(figures.size() / 1000.0)),
                String.format(Locale.ROOT, "%.2f", 100 * figures.size() / full),
                String.format(Locale.ROOT, "%.3f", own.size() / (double) figures.size()),
                figures.encodeSeconds(),
                figures.encodeProcessor(),
                figures.encodePeak(),
                figures.decodeSeconds(),
                figures.decodePeak()));
    }

    private DeltaFigures measure(DeltaPeer peer, DeltaPair.Tars tars, Path folder)
            throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        Path delta = folder.resolve("delta");
        Path again = folder.resolve("again");
        Footprint encode = Footprint.of(peer.encode(tars.base(), tars.target(), delta), runs, log);
        Footprint decode = Footprint.of(peer.decode(tars.base(), delta, again), runs, log);
        if (Files.mismatch(tars.target(), again) >= 0) {
            throw new IOException(peer.title() + " gave back something else");
        }
        return new DeltaFigures(Files.size(delta), encode, decode);
    }

    private DeltaFigures own(DeltaPair pair, Path folder) throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        Footprint encode = Footprint.of(worker(pair, "encode", folder), runs, log);
        Footprint decode = Footprint.of(worker(pair, "decode", folder), runs, log);
        long size = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".delta")).toList()) {
                size += Files.size(file);
            }
        }
        return new DeltaFigures(size, encode, decode);
    }

    private static List<String> worker(DeltaPair pair, String verb, Path folder) {
        return worker(pair, verb, folder, 1);
    }

    private static List<String> worker(DeltaPair pair, String verb, Path folder, int rounds) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-cp",
                System.getProperty("java.class.path"),
                DeltaWorker.class.getName(),
                verb,
                pair.base().toString(),
                pair.target().toString(),
                folder.toString(),
                Integer.toString(rounds));
    }

    /** What the aims are about. */
    private void summary(DeltaPair pair, DeltaFigures own, Map<DeltaPeer, Long> inflated, PrintStream out, Path folder)
            throws IOException, InterruptedException {
        Path decodes = folder.resolve("decode.log");
        var unused = Footprint.of(worker(pair, "decode", folder, WARM), 1, decodes);
        Path compressing = folder.resolve("recompress.log");
        unused = Footprint.of(worker(pair, "recompress", folder, WARM), 1, compressing);
        double tars = Files.size(folder.resolve("target.raw")) / MEGABYTE;
        out.println();
        inflated.entrySet().stream()
                .filter(peer -> peer.getKey() != DeltaPeer.BSDIFF && peer.getKey() != DeltaPeer.ZSTD_3)
                .min(Map.Entry.comparingByValue())
                .ifPresent(peer -> out.printf(
                        Locale.ROOT,
                        "- size: %.3f of %s on inflated content%n",
                        own.size() / (double) peer.getValue(),
                        peer.getKey().title()));
        Long bsdiff = inflated.get(DeltaPeer.BSDIFF);
        if (bsdiff != null) {
            out.printf(Locale.ROOT, "- size: %.3f of bsdiff on inflated content%n", own.size() / bsdiff.doubleValue());
        }
        for (boolean warm : new boolean[] {false, true}) {
            double decode = took(decodes, "decoded", warm);
            double layers = took(compressing, "layers", warm);
            double entries = took(compressing, "entries", warm);
            out.printf(
                    Locale.ROOT,
                    "- decode in a %s process, without the start of Java: %.2f s, %.0f MB/s of the %.1f MB of tars, %.0f MB/s of the layers;"
                            + " compressing alone: layers %.2f s, changed entries %.2f s; decode takes %.2f of both%n",
                    warm ? "warm" : "fresh",
                    decode,
                    tars / decode,
                    tars,
                    pair.fullSize() / MEGABYTE / decode,
                    layers,
                    entries,
                    decode / (layers + entries));
        }
        out.flush();
    }

    /** The time that something took the first time, or the last, in seconds. */
    private static double took(Path log, String what, boolean last) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            List<Long> times = lines.filter(line -> line.startsWith(what + " "))
                    .map(line -> Long.valueOf(line.substring(what.length() + 1)))
                    .toList();
            if (times.isEmpty()) {
                throw new IOException(log + " does not say how long " + what + " took");
            }
            return times.get(last ? times.size() - 1 : 0) / NANOS;
        }
    }
}
