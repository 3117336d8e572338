package dev.hotpatch.jvmagent.core;

import dev.hotpatch.jvmagent.core.Ledger.Version;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Has HotSpot redefine classes, and enters what came of it into the ledger.
 *
 * <p>HotSpot links a class before it redefines it. One that cannot be linked in this JVM, because a class is missing that its verifier asks for, makes HotSpot
 * refuse the whole call with an {@link InternalError}. Such a class has never run and cannot run, so it is left out. (A new class file that does not pass the
 * verifier is answered otherwise, with a {@link VerifyError}: tried on 8, 11, 17, 21 and 25.) Should the missing class turn up later, the next look over
 * the classes redefines it.
 */
final class Redefinition {
    private final Instrumentation instrumentation;
    private final Ledger ledger;
    /** The classes that were left out, with the reason. */
    private final IdentityHashMap<Class<?>, String> left = new IdentityHashMap<>();

    Redefinition(Instrumentation instrumentation, Ledger ledger) {
        this.instrumentation = instrumentation;
        this.ledger = ledger;
    }

    IdentityHashMap<Class<?>, String> left() {
        return left;
    }

    /** Redefines all in one call, which HotSpot does wholly or not at all. Returns the names of the classes. */
    Set<String> all(List<Change> changes) throws Refusal {
        List<Change> batch = changes;
        try {
            try {
                call(batch);
            } catch (InternalError e) {
                batch = linkable(changes);
                if (batch.size() == changes.size()) {
                    throw e;
                }
                call(batch);
            }
        } catch (Exception | LinkageError | InternalError e) {
            throw new Refusal(
                    Refusal.REDEFINE_REFUSED,
                    "the JVM refused to redefine " + HookState.first(new ArrayList<>(names(batch))) + ": " + e,
                    e);
        }
        for (Change c : batch) {
            enter(c);
        }
        return names(batch);
    }

    /** Redefines one by one and leaves alone what the JVM refuses. */
    Set<String> each(List<Change> changes) {
        Set<String> names = new HashSet<>();
        for (Change c : changes) {
            Throwable refused = attempt(c);
            if (refused == null) {
                names.add(c.type.getName());
            } else if (!isUnlinkable(c, refused)) {
                ledger.put(
                        c.type, new Version("", "", false, c.type.getName() + " could not be redefined: " + refused));
            }
        }
        return names;
    }

    /** Those that can be linked; the others are left out. */
    private List<Change> linkable(List<Change> changes) {
        List<Change> linkable = new ArrayList<>();
        for (Change c : changes) {
            if (linkError(c.type) == null || !isUnlinkable(c, attempt(c))) {
                linkable.add(c);
            }
        }
        return linkable;
    }

    /** Redefines one; returns what HotSpot answered if it refused. */
    private @Nullable Throwable attempt(Change c) {
        try {
            call(java.util.Collections.singletonList(c));
            enter(c);
            return null;
        } catch (Exception | LinkageError | InternalError e) {
            return e;
        }
    }

    /** Leaves the class out if HotSpot refused it for not being linkable. */
    private boolean isUnlinkable(Change c, @Nullable Throwable refused) {
        LinkageError missing = refused instanceof InternalError ? linkError(c.type) : null;
        if (missing == null) {
            return false;
        }
        String reason = "not-linkable: " + c.type.getName() + " in " + Plan.loaderName(c.type.getClassLoader())
                + " cannot run, " + missing;
        left.put(c.type, reason);
        if (c.now == null) {
            ledger.put(c.type, Version.unlinkable(c.after.base, reason));
        }
        return true;
    }

    /**
     * What is thrown by listing any kind of members, for which HotSpot links the class first. That alone is no proof: a class that is linked throws
     * as well where it mentions missing classes in members of all three kinds.
     */
    private static @Nullable LinkageError linkError(Class<?> type) {
        LinkageError error = null;
        for (int kind = 0; kind < 3; kind++) {
            try {
                list(type, kind);
                return null;
            } catch (LinkageError e) {
                error = e;
            }
        }
        return error;
    }

    @SuppressWarnings("ReturnValueIgnored") // Asking is what links the class.
    private static void list(Class<?> type, int kind) {
        switch (kind) {
            case 0:
                type.getDeclaredConstructors();
                break;
            case 1:
                type.getDeclaredFields();
                break;
            default:
                type.getDeclaredMethods();
        }
    }

    private void call(List<Change> changes) throws Exception {
        if (!changes.isEmpty()) {
            ClassDefinition[] definitions = new ClassDefinition[changes.size()];
            for (int i = 0; i < definitions.length; i++) {
                definitions[i] = new ClassDefinition(changes.get(i).type, changes.get(i).bytes);
            }
            instrumentation.redefineClasses(definitions);
        }
    }

    private void enter(Change c) {
        EnumCaches.forget(c.type);
        if (c.now == null) {
            ledger.put(c.type, c.after);
        } else {
            ledger.defined(c.type, c.now);
        }
    }

    private static Set<String> names(List<Change> changes) {
        Set<String> names = new HashSet<>();
        for (Change c : changes) {
            names.add(c.type.getName());
        }
        return names;
    }
}
