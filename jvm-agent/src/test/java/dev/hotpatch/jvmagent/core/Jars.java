package dev.hotpatch.jvmagent.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Jars of the tests' own, signed and sealed ones too. */
final class Jars {
    private Jars() {}

    /** Writes the classes whose internal names begin with {@code prefix}; {@code attributes} are pairs of the manifest. */
    static Path write(Path jar, Map<String, byte[]> classes, String prefix, String... attributes) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        for (int i = 0; i < attributes.length; i += 2) {
            manifest.getMainAttributes().putValue(attributes[i], attributes[i + 1]);
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (Map.Entry<String, byte[]> e : classes.entrySet()) {
                if (e.getKey().startsWith(prefix)) {
                    out.putNextEntry(new ZipEntry(e.getKey() + ".class"));
                    out.write(e.getValue());
                }
            }
        }
        return jar;
    }

    /** Signs a jar in its place, with a key that is made for it. */
    static Path sign(Path jar) throws Exception {
        String store = jar.resolveSibling("keys.p12").toString();
        tool("keytool", "-genkeypair", "-alias", "k", "-keyalg", "EC", "-dname", "CN=test", "-keystore", store);
        tool("jarsigner", "-keystore", store, jar.toString(), "k");
        return jar;
    }

    private static void tool(String name, String... arguments) throws Exception {
        java.util.List<String> command = new java.util.ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", name).toString());
        command.addAll(java.util.List.of("-storepass", "secret", "-storetype", "PKCS12"));
        command.addAll(java.util.List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException(name + ": " + text);
        }
    }
}
