package dev.hotpatch.testdata.cve.programs;

import org.apache.commons.text.StringSubstitutor;

/** Fills in the placeholders of whatever template it is sent. */
final class TemplateMain {
    private TemplateMain() {}

    public static void main(String[] args) throws Exception {
        TextServer.serve(template -> StringSubstitutor.createInterpolator().replace(template));
    }
}
