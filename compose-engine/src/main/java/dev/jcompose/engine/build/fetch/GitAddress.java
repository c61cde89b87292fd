package dev.jcompose.engine.build.fetch;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where a repository is and what of it is wanted, by BuildKit's rules for references: {@code
 * REMOTE[#REFERENCE[:FOLDER]]}, or {@code REMOTE?ref=…&subdir=…}.
 *
 * @param remote for git
 * @param reference branch, tag or commit; empty for the usual branch
 * @param folder in the repository; empty for its top
 * @param commit the beginning of the commit it must be; empty for any
 * @param submodules whether those of the repository are checked out too
 */
record GitAddress(
    String remote, String reference, String folder, String commit, boolean submodules) {
  private static final Pattern SSH = Pattern.compile("\\w[\\w.-]*@\\w[\\w.-]*:.+");

  /** Contexts people write as they read them in the browser. */
  private static final String GITHUB = "github.com/";

  /** Whether a source of ADD is a repository. */
  static boolean isOne(String text) {
    String plain = text.replaceAll("[#?].*", "");
    return text.startsWith("git://")
        || text.startsWith("ssh://")
        || SSH.matcher(plain).matches()
        || (Downloads.isUrl(text) && plain.toLowerCase(Locale.ROOT).endsWith(".git"));
  }

  /** Whether a context is one. */
  static boolean isContext(String text) {
    return text.startsWith(GITHUB) || isOne(text);
  }

  static GitAddress parse(String text) throws FetchException {
    int hash = text.indexOf('#');
    String place = hash < 0 ? text : text.substring(0, hash);
    String fragment = hash < 0 ? "" : text.substring(hash + 1);
    int question = place.indexOf('?');
    Map<String, String> query =
        question < 0 ? Map.of() : query(text, place.substring(question + 1));
    if (!query.isEmpty() && !fragment.isEmpty()) {
      throw new FetchException(text + " has both ?… and #…; say what is wanted in one of them");
    }
    String remote = question < 0 ? place : place.substring(0, question);
    int colon = fragment.indexOf(':');
    String commit = query.getOrDefault("commit", query.getOrDefault("checksum", ""));
    String reference = colon < 0 ? fragment : fragment.substring(0, colon);
    for (String kind : new String[] {"ref", "branch", "tag"}) {
      reference = query.getOrDefault(kind, reference);
    }
    GitAddress address =
        new GitAddress(
            remote.startsWith(GITHUB) ? "https://" + remote : remote,
            reference.isEmpty() ? commit : reference,
            query.getOrDefault("subdir", colon < 0 ? "" : fragment.substring(colon + 1)),
            commit,
            !query.getOrDefault("submodules", "1").matches("0|false"));
    // git would take it for an option, and some of those name programs.
    if (address.reference.startsWith("-")) {
      throw new FetchException(
          text + ": \"" + address.reference + "\" is no branch, tag or commit");
    }
    return address;
  }

  private static Map<String, String> query(String text, String query) throws FetchException {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair : pair.substring(0, equals);
      switch (key) {
        case "ref", "branch", "tag", "commit", "checksum", "subdir", "submodules" ->
            values.put(
                key,
                equals < 0
                    ? ""
                    : URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        default ->
            throw new FetchException(
                text
                    + ": \""
                    + key
                    + "\" is not supported; write ref, branch, tag, commit, checksum, subdir or"
                    + " submodules");
      }
    }
    return values;
  }
}
