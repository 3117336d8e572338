package dev.hotpatch.jvmagent.core;

import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The MBean, if this JVM can have one. It is registered some time after the first change and not with it: that starts the JVM's
 * management if the application has not, which takes as long as a patch, and before {@code main} it would also settle choices that are the
 * application's. Once there it stays, and says {@code none} after a roll-back.
 */
final class JmxView {
    private static final String BEAN = "dev.hotpatch.jvmagent.core.jmx.PatchBean";

    private @Nullable Consumer<Map<String, Object>> bean;
    private boolean tried;

    /** Registers the bean unless that has been tried. */
    @SuppressWarnings("unchecked") // The class is ours; it is not named here so that it is loaded only now.
    void register(Map<String, Object> attributes) {
        if (tried) {
            return;
        }
        tried = true;
        try {
            bean = Class.forName(BEAN, true, JmxView.class.getClassLoader())
                    .asSubclass(Consumer.class)
                    .getConstructor(Map.class)
                    .newInstance(attributes);
        } catch (Exception | LinkageError e) {
            // No java.management, or a server that takes no bean: the state is still in the system property.
        }
    }

    void update(Map<String, Object> attributes) {
        Consumer<Map<String, Object>> current = bean;
        if (current != null) {
            current.accept(attributes);
        }
    }
}
