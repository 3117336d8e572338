package dev.hotpatch.testdata.cve.programs;

import org.yaml.snakeyaml.Yaml;

/** Reads whatever document it is sent and answers with what it understood, at most 200 characters of it. */
final class YamlMain {
    private YamlMain() {}

    public static void main(String[] args) throws Exception {
        TextServer.serve(document -> {
            Object understood = new Yaml().load(document);
            String text = String.valueOf(understood);
            return text.substring(0, Math.min(200, text.length()));
        });
    }
}
