package dev.hotpatch.differ;

import dev.hotpatch.patchformat.plan.Releases;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What JVMs of some releases of Java see of both sides. */
record ReleaseViews(Releases releases, UnitSide.View base, UnitSide.View target) {
    /** The ranges of releases on which JVMs see classes that differ, in their order. */
    static List<ReleaseViews> of(UnitSide base, UnitSide target) {
        SortedSet<Integer> starts = base.releases();
        starts.addAll(target.releases());
        List<ReleaseViews> all = new ArrayList<>();
        for (int start : starts) {
            SortedSet<Integer> later = starts.tailSet(start + 1);
            Releases releases = new Releases(start, later.isEmpty() ? Releases.OPEN : later.first());
            ReleaseViews views = new ReleaseViews(releases, base.on(start), target.on(start));
            if (!views.base.differing(views.target).isEmpty()) {
                all.add(views);
            }
        }
        return all;
    }

    /** Names of classes that others see in another form. */
    SortedSet<String> differing(ReleaseViews other) {
        SortedSet<String> names = new TreeSet<>(base.differing(other.base));
        names.addAll(target.differing(other.target));
        return names;
    }

    /** Whether either side has a class of that name. */
    boolean isSeen(String name) {
        return base.digestOf(name).isPresent() || target.digestOf(name).isPresent();
    }

    /** Whether a class is the same on both sides. */
    boolean isSame(String name) {
        return base.digestOf(name).equals(target.digestOf(name));
    }
}
