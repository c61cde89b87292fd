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

/** The header with what registries are shown: where that is known, only those of the images. */
final class Logins {
  private static final String HEADER = "X-Registry-Config";

  private Logins() {}

  /**
   * For a build of which only the engine will know what it needs: what all registries are shown.
   *
   * @return the header, or nothing when there are no logins
   * @throws dev.jcompose.engine.api.login.LoginException when one cannot be had
   */
  static List<String> all(Credentials credentials) {
    return header(credentials.domains().stream().map(credentials::credential).toList());
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
    return header(images.stream().map(credentials::forImage).toList());
  }

  /** What cannot be expanded the engine refuses, with its sentence. */
  private static String expanded(Lexer lexer, String text, Map<String, String> variables) {
    try {
      return lexer.expand(text, variables::get).text();
    } catch (SyntaxException e) {
      return text;
    }
  }

  private static List<String> header(List<Credential> credentials) {
    JsonObject.Builder servers = JsonObject.builder();
    List<Credential> known = credentials.stream().filter(each -> !each.isNone()).toList();
    known.forEach(each -> servers.put(each.serverAddress(), each));
    String json = Base64.getUrlEncoder().encodeToString(Json.bytes(servers.build()));
    return known.isEmpty() ? List.of() : List.of(HEADER + ": " + json);
  }
}
