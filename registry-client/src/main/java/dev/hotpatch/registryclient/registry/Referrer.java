package dev.hotpatch.registryclient.registry;

import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Manifest;

/** A manifest whose subject is the one that was asked about; both were checked. */
public record Referrer(Descriptor descriptor, Manifest manifest) {}
