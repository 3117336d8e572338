package dev.hotpatch.patchformat.plan;

import java.util.List;

/**
 * A jar, or a folder of classes, of base and target.
 *
 * @param id its number in the plan, from 0
 * @param basePath where it is in the base, containers joined by {@code !/}; empty if only the target has it
 * @param targetPath where it is in the target; empty if only the base has it
 * @param classes those that differ, by name and release
 */
public record UnitPlan(int id, String basePath, String targetPath, List<ClassChange> classes) {
    public UnitPlan {
        classes = List.copyOf(classes);
    }
}
