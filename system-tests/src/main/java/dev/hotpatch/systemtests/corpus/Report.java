package dev.hotpatch.systemtests.corpus;

import dev.hotpatch.patchformat.plan.Decision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Results for people and for programs. */
final class Report {
    private static final int NAMED = 5;
    private static final int LONGEST = 300;

    private Report() {}

    static String head() {
        return String.format(
                "%-58s %-18s %8s %6s %5s %6s %7s %7s %10s %10s",
                "release", "verdict", "redefine", "lifted", "new", "noise", "blocked", "removed", "build ms", "bytes");
    }

    /** A line of the table, and below it what is worth a line of its own. */
    static String text(ReleaseResult result) {
        StringBuilder text = new StringBuilder(String.format(
                "%-58s %-18s %8d %6d %5d %6d %7d %7d %,10d %,10d",
                result.release(),
                verdict(result),
                result.count(Decision.REDEFINE),
                result.count(Decision.LIFT),
                result.count(Decision.NEW_CLASS),
                result.count(Decision.NOISE),
                result.count(Decision.BLOCKED),
                result.count(Decision.REMOVED),
                result.buildTime().toMillis(),
                result.bytes()));
        addCodes(text, "lifted  ", result.lifts());
        addCodes(text, "blocked ", result.blocks());
        addCodes(text, "warnings", result.warnings());
        if (!result.missing().isEmpty()) {
            text.append("\n    not in the repository: ").append(String.join(", ", result.missing()));
        }
        for (JvmResult jvm : result.jvms()) {
            text.append("\n    ").append(text(jvm));
        }
        if (!result.problem().isEmpty()) {
            text.append("\n    PROBLEM: ").append(result.problem());
        }
        return text.toString();
    }

    private static String verdict(ReleaseResult result) {
        return result.plan().map(plan -> plan.verdict().word()).orElse("none");
    }

    private static void addCodes(StringBuilder text, String title, Map<String, Integer> codes) {
        if (!codes.isEmpty()) {
            text.append("\n    ").append(title).append(' ');
            text.append(codes.entrySet().stream()
                    .map(entry -> entry.getKey() + " " + entry.getValue())
                    .collect(Collectors.joining(", ")));
        }
    }

    private static String text(JvmResult jvm) {
        StringBuilder text = new StringBuilder("JDK " + jvm.feature() + ": loaded " + jvm.loaded() + ", redefined "
                + jvm.redefined() + ", verified " + jvm.linked());
        text.append(jvm.isGood() ? ", rolled back, applied again" : "; FAILED: " + shorten(jvm.problem()));
        addFailures(text, "not loadable, patch or not", jvm.unloadable());
        addFailures(text, "not linkable, nor in the real new version", jvm.excused());
        addFailures(text, "NOT LINKABLE", jvm.broken());
        return text.toString();
    }

    private static void addFailures(StringBuilder text, String title, List<Failure> failures) {
        if (failures.isEmpty()) {
            return;
        }
        text.append("\n      ")
                .append(title)
                .append(": ")
                .append(failures.size())
                .append(": ");
        text.append(failures.stream()
                .limit(NAMED)
                .map(failure -> failure.name() + " (" + shorten(failure.cause()) + ")")
                .collect(Collectors.joining(", ")));
        text.append(failures.size() > NAMED ? ", …" : "");
    }

    private static String shorten(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    static String total(List<ReleaseResult> results, String jdks) {
        long live = results.stream().filter(ReleaseResult::isFullyLive).count();
        long wrong = results.stream().filter(ReleaseResult::isWrong).count();
        return live + " of " + results.size() + " releases are fully live (nothing blocked; applied and verified on "
                + jdks + ")" + (wrong > 0 ? "; " + wrong + " WENT WRONG" : "");
    }

    static Map<String, Object> json(List<ReleaseResult> results) {
        List<Map<String, Object>> releases = new ArrayList<>();
        for (ReleaseResult result : results) {
            releases.add(json(result));
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("apiVersion", "hotpatch/v1");
        json.put("releases", releases);
        json.put("live", results.stream().filter(ReleaseResult::isFullyLive).count());
        json.put("wrong", results.stream().filter(ReleaseResult::isWrong).count());
        json.put("total", results.size());
        return json;
    }

    private static Map<String, Object> json(ReleaseResult result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(
                "artifact",
                result.release().from().group() + ":" + result.release().from().name());
        json.put("from", result.release().from().version());
        json.put("to", result.release().to().version());
        json.put("fullyLive", result.isFullyLive());
        json.put("verdict", verdict(result));
        for (Decision decision : Decision.values()) {
            json.put(decision.word(), result.count(decision));
        }
        json.put("lifts", result.lifts());
        json.put("blocks", result.blocks());
        json.put("warnings", result.warnings());
        json.put("buildMillis", result.buildTime().toMillis());
        json.put("bytes", result.bytes());
        json.put("missingDependencies", result.missing());
        json.put("jvms", result.jvms().stream().map(Report::json).toList());
        json.put("problem", result.problem());
        return json;
    }

    private static Map<String, Object> json(JvmResult jvm) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("jdk", jvm.feature());
        json.put("good", jvm.isGood());
        json.put("loaded", jvm.loaded());
        json.put("redefined", jvm.redefined());
        json.put("verified", jvm.linked());
        json.put("unloadable", failures(jvm.unloadable()));
        json.put("unlinkableAnyway", failures(jvm.excused()));
        json.put("unlinkable", failures(jvm.broken()));
        json.put("problem", jvm.problem());
        return json;
    }

    private static List<Map<String, Object>> failures(List<Failure> failures) {
        List<Map<String, Object>> json = new ArrayList<>();
        for (Failure failure : failures) {
            json.add(Map.of("class", failure.name(), "cause", failure.cause()));
        }
        return json;
    }
}
