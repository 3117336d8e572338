package dev.hotpatch.differ.align;

import dev.hotpatch.differ.align.Entity.Body;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds what is equal though it mentions other things under their numbers. All that is numbered starts with the same colour; in
 * each round everything gets a colour from its text and the colours of what it mentions, until no round tells more apart. What is paired
 * keeps the colour of its pair.
 */
final class Colours {
    private static final int ROUNDS = 16;
    private final List<ClassUnit> units;
    private final Map<Object, Integer> numbers = new HashMap<>();

    Colours(Side base, Side target) {
        units = Stream.of(base, target)
                .flatMap(side -> side.classes.values().stream())
                .toList();
    }

    /** Colours everything that is not paired. */
    void refine() {
        List<Entity> entities = new ArrayList<>();
        for (ClassUnit unit : units) {
            if (unit.entity != null && !unit.entity.isPaired()) {
                entities.add(unit.entity);
            }
            unit.methods.keySet().stream().filter(method -> !method.isPaired()).forEach(entities::add);
        }
        numbers.clear();
        entities.forEach(entity -> entity.colour = 0);
        int distinct = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (Entity entity : entities) {
                entity.nextColour = number(List.of(entity.kind, content(entity)));
            }
            Set<Integer> colours = new HashSet<>();
            for (Entity entity : entities) {
                entity.colour = entity.nextColour;
                colours.add(entity.colour);
            }
            if (colours.size() == distinct) {
                break;
            }
            distinct = colours.size();
        }
    }

    private Object content(Entity entity) {
        if (entity.method != null) {
            return colour(entity.owner.methods.getOrDefault(entity, Entity.NONE));
        }
        return entity.owner.members.stream()
                .map(this::colour)
                .map(this::number)
                .sorted()
                .toList();
    }

    private List<Integer> colour(Body body) {
        List<Integer> colours = new ArrayList<>(body.holes().size() + 1);
        colours.add(body.text());
        body.holes().forEach(hole -> colours.add(hole.colour));
        return colours;
    }

    private int number(Object content) {
        int next = numbers.size() + 1;
        Integer known = numbers.putIfAbsent(content, next);
        return known == null ? next : known;
    }
}
