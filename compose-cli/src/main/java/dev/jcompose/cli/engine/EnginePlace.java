package dev.jcompose.cli.engine;

import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.Setting;
import dev.jcompose.cli.session.UserError;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where an engine is.
 *
 * @param root directory with its state; null for an engine that is not ours ({@code --host})
 * @param isDefault whether this is the machine's own engine, nobody having asked for another
 * @param socket where it listens
 */
public record EnginePlace(@Nullable Path root, boolean isDefault, Path socket) {
  private static final String UNIX = "unix://";

  /** Decides from {@code --host}, {@code --root} and their variables, in that order. */
  public static EnginePlace of(Session session) {
    String host = session.options().host();
    String rootOption = session.options().root();
    if (host != null && rootOption != null) {
      throw UserError.usage("--host and --root each choose an engine; give one of them");
    }
    if (host == null && rootOption == null) {
      host = Setting.HOST.in(session.environment());
    }
    if (host != null) {
      return foreign(host);
    }
    String root = rootOption != null ? rootOption : Setting.ROOT.in(session.environment());
    Path standard = Path.of(Setting.ROOT.defaultValue());
    Path chosen =
        root == null ? standard : session.directory().resolve(root).toAbsolutePath().normalize();
    return chosen.equals(standard)
        ? new EnginePlace(standard, true, Path.of("/run/jcompose/engine.sock"))
        : new EnginePlace(chosen, false, chosen.resolve("run/engine.sock"));
  }

  private static EnginePlace foreign(String host) {
    if (!host.startsWith(UNIX) || host.length() == UNIX.length()) {
      throw UserError.usage(
          "\"" + host + "\" is not an address of an engine; write unix:///path/to/socket");
    }
    return new EnginePlace(null, false, Path.of(host.substring(UNIX.length())));
  }

  /** Whether it is ours to start and stop. */
  public boolean isOurs() {
    return root != null;
  }

  /** The engine's own log. */
  public Path log() {
    return ownRoot().resolve("engine.log");
  }

  /** Holds the engine's process id while it runs. */
  public Path pidFile() {
    return socket.resolveSibling("engine.pid");
  }

  Path ownRoot() {
    if (root == null) {
      throw UserError.usage(
          "the engine at " + socket + " is not jcompose's own; leave out --host to use that one");
    }
    return root;
  }
}
