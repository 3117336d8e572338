package dev.hotpatch.differ;

import dev.hotpatch.differ.content.Parallel;
import dev.hotpatch.differ.lift.Compilation;
import dev.hotpatch.differ.lift.Known;
import dev.hotpatch.differ.lift.LiveCompiler;
import dev.hotpatch.patchformat.plan.Releases;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

    /** Compiles side by side what is not the same as for earlier releases, for certain; the first alone, from which the others know most. */
    private void prepare(List<ReleaseViews> all) throws IOException {
        List<ReleaseViews> others = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            libraries.findAbove(all.get(i).base(), all.get(i).target());
            if (i == 0) {
                ready.put(all.get(0), compile(all.get(0)));
            } else if (!differInSameAlone(all.get(i - 1), all.get(i))) {
                others.add(all.get(i));
            }
        }
        List<Compilation> compilations = parallel.map(others, this::compile);
        for (int i = 0; i < others.size(); i++) {
            ready.put(others.get(i), compilations.get(i));
        }
    }

    private static boolean differInSameAlone(ReleaseViews one, ReleaseViews other) {
        return one.differing(other).stream().allMatch(name -> one.isSame(name) && other.isSame(name));
    }

    private Compilation compile(ReleaseViews views) {
        Compilation known = ready.get(views);
        return known != null
                ? known
                : LiveCompiler.compile(views.base(), views.target(), libraries, parallel, tag, this.known);
    }
}
