package dev.hotpatch.testdata.cve.programs;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Logs whatever it is sent, as a server logs the name of a user who cannot log in. */
final class LoggingMain {
    private static final Logger LOG = LogManager.getLogger(LoggingMain.class);

    private LoggingMain() {}

    public static void main(String[] args) throws Exception {
        TextServer.serve(text -> {
            LOG.info("no such user: {}", text);
            return "logged";
        });
    }
}
