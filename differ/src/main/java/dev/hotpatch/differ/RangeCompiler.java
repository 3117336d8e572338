package dev.hotpatch.differ;

import dev.hotpatch.differ.content.Parallel;
import dev.hotpatch.differ.lift.Compilation;
import dev.hotpatch.differ.lift.Known;
import dev.hotpatch.differ.lift.LiveCompiler;
import dev.hotpatch.patchformat.plan.Releases;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Compiles two sides once for each range of releases of Java whose JVMs see something else of them. For one thread. */
final class RangeCompiler {
    private final Libraries libraries;
    private final Parallel parallel;
    private final String tag;
    private final Known known = new Known();
    private final Map<ReleaseViews, Compilation> ready = new HashMap<>();

    private RangeCompiler(Libraries libraries, Parallel parallel, String tag) {
        this.libraries = libraries;
        this.parallel = parallel;
        this.tag = tag;
    }

    /**
     * What is compiled for some releases.
     *
     * @param views what it was compiled of, which may be what earlier releases see
     */
    record Compiled(Releases releases, ReleaseViews views, Compilation compilation) {
        /** Whether the same comes out for other views: they differ from these in classes alone that have no part in it. */
        boolean isAlso(ReleaseViews other) {
            return differInSameAlone(views, other)
                    && views.differing(other).stream()
                            .noneMatch(name -> compilation.redefined().containsKey(name)
                                    || compilation.blocked().containsKey(name));
        }
    }

    static List<Compiled> compile(UnitSide base, UnitSide target, Libraries libraries, Parallel parallel)
            throws IOException {
        List<ReleaseViews> all = ReleaseViews.of(base, target);
        RangeCompiler compiler = new RangeCompiler(libraries, parallel, LiveCompiler.tag(base.all(), target.all()));
        compiler.prepare(all);
        List<Compiled> compiled = new ArrayList<>();
        for (ReleaseViews views : all) {
            Compiled before = compiled.isEmpty() ? null : compiled.get(compiled.size() - 1);
            compiled.add(
                    before != null && !compiler.ready.containsKey(views) && before.isAlso(views)
                            ? new Compiled(views.releases(), before.views, before.compilation)
                            : new Compiled(views.releases(), views, compiler.compile(views)));
        }
        return compiled;
    }

    /** Compiles side by side what is not the same as for earlier releases, for certain. */
    private void prepare(List<ReleaseViews> all) throws IOException {
        libraries.findAbove(all);
        Map<ReleaseViews, Supplier<Compilation>> work = new LinkedHashMap<>();
        for (int i = 0; i < all.size(); i++) {
            ReleaseViews views = all.get(i);
            if (i == 0) {
                // From what is found out here the others know most.
                work.put(views, compared(views)::compile);
            } else if (!differInSameAlone(all.get(i - 1), views)) {
                work.put(views, () -> compared(views).compile());
            }
        }
        List<Compilation> compilations = parallel.map(List.copyOf(work.values()), Supplier::get);
        int next = 0;
        for (ReleaseViews views : work.keySet()) {
            ready.put(views, compilations.get(next++));
        }
    }

    private static boolean differInSameAlone(ReleaseViews one, ReleaseViews other) {
        return one.differing(other).stream().allMatch(name -> one.isSame(name) && other.isSame(name));
    }

    private Compilation compile(ReleaseViews views) {
        Compilation known = ready.get(views);
        return known != null ? known : compared(views).compile();
    }

    private LiveCompiler compared(ReleaseViews views) {
        return LiveCompiler.prepare(views.base(), views.target(), libraries, parallel, tag, known);
    }
}
