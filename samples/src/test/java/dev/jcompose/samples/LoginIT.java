package dev.jcompose.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Where logins come from: config.json itself, its store, and a helper for one registry. */
class LoginIT {
  private static final Path HTPASSWD = Path.of("/usr/bin/htpasswd");

  @RegisterExtension static final Jcompose JCOMPOSE = new Jcompose();

  @TempDir Path folder;
  private @Nullable LocalRegistry registry;
  private String address = "";

  @BeforeEach
  void startRegistry() throws Exception {
    assumeTrue(
        LocalRegistry.isInstalled() && Files.isExecutable(HTPASSWD),
        "SKIPPED: docker-registry and apache2-utils are not installed");
    Path passwords = folder.resolve("htpasswd");
    int code =
        new ProcessBuilder(HTPASSWD.toString(), "-Bbc", passwords.toString(), "anna", "secret")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("htpasswd.log").toFile())
            .start()
            .waitFor();
    assertThat(code).isZero();
    registry = LocalRegistry.withPasswords(folder.resolve("registry"), passwords);
    address = registry.address();
    JCOMPOSE.shell(folder, "mkdir tree && tar cf tree.tar tree").succeeded();
    JCOMPOSE.shell(folder, "jcompose image import tree.tar " + image()).succeeded();
  }

  @AfterEach
  void stopRegistry() {
    if (registry != null) {
      JCOMPOSE.shell(folder, "jcompose image rm -f " + image()).succeeded();
      registry.close();
    }
  }

  private String image() {
    return address + "/team/app:1";
  }

  private Jcompose.Result push(String config) throws IOException {
    Files.writeString(folder.resolve("config.json"), config);
    return JCOMPOSE.shell(
        folder,
        "PATH=$PWD/bin:$PATH jcompose image push " + image(),
        Map.of("DOCKER_CONFIG", folder.toString()));
  }

  /** A program that has this answer for every server, and notes who was asked about. */
  private void helper(String name, String answer) throws IOException {
    Path program = folder.resolve("bin/docker-credential-" + name);
    Files.createDirectories(program.getParent());
    Files.writeString(
        program,
        """
        #!/bin/sh
        echo "$1 $(cat)" >> %s/asked-%s
        %s
        """
            .formatted(folder, name, answer));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String says(String username, String secret) {
    return "echo '{\"ServerURL\":\"x\",\"Username\":\"%s\",\"Secret\":\"%s\"}'"
        .formatted(username, secret);
  }

  @Test
  void theLoginOfConfigJsonIsShown() throws Exception {
    String login =
        Base64.getEncoder().encodeToString("anna:secret".getBytes(StandardCharsets.UTF_8));

    Jcompose.Result nobody = push("{}");
    assertThat(nobody.exitCode()).isNotZero();
    assertThat(nobody.stderr()).contains("docker login " + address);
    push("{\"auths\":{\"" + address + "\":{\"auth\":\"" + login + "\"}}}").succeeded();
  }

  @Test
  void theHelperForARegistryGoesBeforeTheStore() throws Exception {
    helper("own", says("anna", "secret"));
    helper("all", says("anna", "wrong"));

    push("{\"credHelpers\":{\"" + address + "\":\"own\"},\"credsStore\":\"all\"}").succeeded();

    assertThat(folder.resolve("asked-own")).content().startsWith("get " + address);
    assertThat(folder.resolve("asked-all")).doesNotExist();
  }

  @Test
  void theStoreIsAskedForAllOthers() throws Exception {
    helper("all", says("anna", "secret"));

    push("{\"credsStore\":\"all\"}").succeeded();

    assertThat(folder.resolve("asked-all")).content().startsWith("get " + address);
  }

  @Test
  void aStoreWithoutALoginIsNoErrorAndABrokenHelperIsNamed() throws Exception {
    helper("all", "echo 'credentials not found in native keychain'; exit 1");
    assertThat(push("{\"credsStore\":\"all\"}").stderr()).contains("docker login " + address);

    helper("all", "echo 'the keyring is locked' >&2; exit 1");
    Jcompose.Result broken = push("{\"credsStore\":\"all\"}");
    assertThat(broken.exitCode()).isNotZero();
    assertThat(broken.stderr()).contains("docker-credential-all").contains("the keyring is locked");
    assertThat(broken.stderr()).doesNotContain("Exception");
  }
}
