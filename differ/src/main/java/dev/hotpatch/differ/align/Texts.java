package dev.hotpatch.differ.align;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives equal things equal numbers; for one group. */
final class Texts {
    private final Map<Object, Integer> numbers = new HashMap<>();
    private final List<String> texts = new ArrayList<>();

    Texts() {
        number("");
    }

    int number(String text) {
        Integer known = numbers.putIfAbsent(text, texts.size());
        if (known != null) {
            return known;
        }
        texts.add(text);
        return texts.size() - 1;
    }

    String text(int number) {
        return texts.get(number);
    }
}
