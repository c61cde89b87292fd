package dev.jcompose.core.attribute;

import static dev.jcompose.core.attribute.Type.BYTES;
import static dev.jcompose.core.attribute.Type.FLAG;
import static dev.jcompose.core.attribute.Type.LIST;
import static dev.jcompose.core.attribute.Type.MAP;
import static dev.jcompose.core.attribute.Type.MODE;
import static dev.jcompose.core.attribute.Type.NAMED;
import static dev.jcompose.core.attribute.Type.SCALAR_OR_NOTHING;
import static dev.jcompose.core.attribute.Type.TEXT;
import static dev.jcompose.core.attribute.Type.TEXTS;
import static dev.jcompose.core.attribute.Type.TEXT_OR_FLAG;

/** The lines of {@code build}. */
final class BuildAttributes {
  private BuildAttributes() {}

  static void addTo(Rows service) {
    service.row("build", MAP, "How its image is built.").from(ShortForm.CONTEXT);
    Rows t = service.below("build");
    t.row("context", TEXT, "Directory or repository to build from.")
        .otherwise(".")
        .at(PathRule.CONTEXT);
    t.row("dockerfile", TEXT, "The Dockerfile in it.").otherwise("Dockerfile");
    t.row("dockerfile_inline", TEXT, "The Dockerfile itself.");
    t.row("entitlements", TEXTS, "What RUN may ask for.");
    t.row("args", NAMED, "Build arguments.").from(ShortForm.VARIABLES);
    t.row("args.*", SCALAR_OR_NOTHING, "One argument.").kept();
    t.row("provenance", TEXT_OR_FLAG, "Attestation of where it comes from.");
    t.row("sbom", TEXT_OR_FLAG, "Attestation of what is in it.");
    t.row("ssh", NAMED, "SSH agents or keys.").from(ShortForm.SSH);
    t.row("ssh.*", SCALAR_OR_NOTHING, "One agent or key.").at(PathRule.OPTIONAL).kept();
    t.row("labels", NAMED, "Labels of the image.").from(ShortForm.PAIRS);
    t.row("labels.*", SCALAR_OR_NOTHING, "One label.").kept();
    t.row("cache_from", TEXTS, "Where cache comes from.");
    t.row("cache_to", TEXTS, "Where cache goes to.");
    t.row("no_cache", FLAG, "Whether nothing comes from the cache.");
    t.row("no_cache_filter", TEXTS, "Stages that use no cache.")
        .from(ShortForm.LIST_OF_ONE)
        .distinct();
    t.row("additional_contexts", NAMED, "Further directories by name.").from(ShortForm.PAIRS);
    t.row("additional_contexts.*", SCALAR_OR_NOTHING, "One directory.").at(PathRule.CONTEXT).kept();
    t.row("pull", FLAG, "Whether base images are pulled anew.");
    t.row("extra_hosts", NAMED, "Addresses by host name.").from(ShortForm.HOSTS);
    t.row("extra_hosts.*", TEXTS, "Addresses of one host.").merged(Merge.UNIQUE);
    t.row("isolation", TEXT, "Isolation technology.").idle("only Windows containers know it");
    t.row("network", TEXT, "Network of RUN.");
    t.row("target", TEXT, "Stage to build.");
    t.row("secrets", LIST, "Secrets for RUN.");
    t.row("secrets[]", MAP, "One secret.").from(ShortForm.FILE_REFERENCE);
    t.row("secrets[].source", TEXT, "Its name at the top level.");
    t.row("secrets[].target", TEXT, "Its id in the build.");
    t.row("secrets[].uid", TEXT, "Its owner.");
    t.row("secrets[].gid", TEXT, "Its group.");
    t.row("secrets[].mode", MODE, "Its permission bits.").kept();
    t.row("shm_size", BYTES, "Size of /dev/shm.");
    t.row("tags", TEXTS, "Further names of the image.").merged(Merge.UNIQUE);
    ServiceAttributes.ulimits(t);
    t.row("platforms", TEXTS, "Platforms to build for.");
    t.row("privileged", FLAG, "Whether RUN is not isolated.");
  }
}
