package dev.hotpatch.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that was built into the jar. */
final class Version implements IVersionProvider {
    static String number() {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("/hotpatch.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            // Only the number is lost.
            return "unknown";
        }
        return properties.getProperty("version", "unknown");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"hotpatch " + number()};
    }
}
