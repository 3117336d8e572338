package dev.hotpatch.differ.tree;

import dev.hotpatch.differ.content.StoredFile;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The files and links of one side that the other side may not have.
 *
 * @param files by path; without those of layers that both sides share
 * @param hidden paths of files and folders that whiteouts remove from what is below; of the shared layers nothing is known but that
 */
public record FileTree(SortedMap<String, StoredFile> files, SortedSet<String> hidden) {
    public FileTree {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        hidden = Collections.unmodifiableSortedSet(new TreeSet<>(hidden));
    }
}
