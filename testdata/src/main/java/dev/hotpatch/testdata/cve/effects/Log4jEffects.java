package dev.hotpatch.testdata.cve.effects;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.impl.Log4jContextFactory;

/** A configuration keeps the lookups that the release gave it that was in force when it was read: it is read again. */
public final class Log4jEffects {
    private Log4jEffects() {}

    /** Reads every configuration again. */
    public static void apply() {
        for (LoggerContext context : contexts()) {
            context.reconfigure();
        }
    }

    /** Has no configuration a lookup in directories? */
    public static boolean probe() {
        for (LoggerContext context : contexts()) {
            String lookups = String.valueOf(
                    context.getConfiguration().getStrSubstitutor().getVariableResolver());
            if (lookups.contains("jndi")) {
                return false;
            }
        }
        return true;
    }

    /** Reads every configuration again. */
    public static void rollback() {
        apply();
    }

    private static Iterable<LoggerContext> contexts() {
        return ((Log4jContextFactory) LogManager.getFactory()).getSelector().getLoggerContexts();
    }
}
