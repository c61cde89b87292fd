package dev.jcompose.core.adapter.build;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.login.Credential;
import dev.jcompose.engine.api.login.Credentials;
import dev.jcompose.engine.build.dockerfile.Dockerfile;
import dev.jcompose.engine.build.dockerfile.Instruction;
import dev.jcompose.engine.build.dockerfile.Stage;
import dev.jcompose.engine.build.expand.Lexer;
import dev.jcompose.engine.build.source.SyntaxException;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The header with what registries are shown, only for those of the images a build names. */
final class Logins {
  private static final String HEADER = "X-Registry-Config";

  private Logins() {}

  /** For a build of which only the engine knows what it needs: what Docker Hub is shown. */
  static List<String> ofHub(Credentials credentials) {
    return header(credentials, Set.of("docker.io/library/base"));
  }

  /**
   * For the images of a Dockerfile.
   *
   * @param arguments build arguments
   * @param more further images
   * @return the header, or nothing when there are no logins
   * @throws dev.jcompose.engine.api.login.LoginException when one cannot be had
   */
  static List<String> of(
      Credentials credentials,
      Dockerfile dockerfile,
      Map<String, String> arguments,
      List<String> more) {
    Lexer lexer = new Lexer(dockerfile.directives().escape());
    Map<String, String> globals = new HashMap<>();
    for (Instruction.Arg argument : dockerfile.globalArguments()) {
      for (Instruction.Arg.Declaration each : argument.declarations()) {
        String value = arguments.getOrDefault(each.name(), each.value());
        if (value != null) {
          globals.put(each.name(), expanded(lexer, value, globals));
        }
      }
    }
    Set<String> images = new LinkedHashSet<>(more);
    Set<String> stages = new LinkedHashSet<>();
    for (Stage stage : dockerfile.stages()) {
      images.add(expanded(lexer, stage.from().base(), globals));
      for (Instruction instruction : stage.instructions()) {
        if (instruction instanceof Instruction.Copy copy && !copy.from().isEmpty()) {
          images.add(copy.from());
        }
      }
      stages.add(stage.name());
      stages.add(Integer.toString(stage.index()));
    }
    images.removeAll(stages);
    images.remove("scratch");
    return header(credentials, images);
  }

  /** What cannot be expanded the engine refuses, with its sentence. */
  private static String expanded(Lexer lexer, String text, Map<String, String> variables) {
    try {
      return lexer.expand(text, variables::get).text();
    } catch (SyntaxException e) {
      return text;
    }
  }

  private static List<String> header(Credentials credentials, Set<String> images) {
    JsonObject.Builder servers = JsonObject.builder();
    boolean any = false;
    for (String image : images) {
      Credential credential = credentials.forImage(image);
      if (!credential.isNone()) {
        servers.put(credential.serverAddress(), credential);
        any = true;
      }
    }
    return any
        ? List.of(
            HEADER + ": " + Base64.getUrlEncoder().encodeToString(Json.bytes(servers.build())))
        : List.of();
  }
}
