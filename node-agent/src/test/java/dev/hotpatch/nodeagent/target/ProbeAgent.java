package dev.hotpatch.nodeagent.target;

import java.lang.instrument.Instrumentation;

/** The smallest agent: says in a system property what it was given. */
public final class ProbeAgent {
    private ProbeAgent() {}

    public static void agentmain(String arguments, Instrumentation instrumentation) {
        if ("fail".equals(arguments)) {
            throw new IllegalStateException("asked to fail");
        }
        System.setProperty("probe", arguments + "\n=ü" + instrumentation.isRedefineClassesSupported());
    }
}
