import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Writes a line into the guest book every few seconds; the guest book is found by its service name.
 */
void main() throws InterruptedException {
  URI target = URI.create(System.getenv("TARGET"));
  Duration pause =
      Duration.ofSeconds(Long.parseLong(System.getenv().getOrDefault("PAUSE_SECONDS", "5")));
  for (int round = 1; ; round++) {
    try {
      IO.println("round " + round + ": " + post(target, "the worker was here, round " + round));
    } catch (IOException e) {
      System.err.println("round " + round + ": " + target + " did not answer: " + e.getMessage());
    }
    Thread.sleep(pause);
  }
}

static String post(URI target, String note) throws IOException {
  HttpURLConnection connection = (HttpURLConnection) target.toURL().openConnection();
  connection.setDoOutput(true);
  connection.setRequestMethod("POST");
  try (OutputStream out = connection.getOutputStream()) {
    out.write(note.getBytes(UTF_8));
  }
  try (InputStream in = connection.getInputStream()) {
    return connection.getResponseCode() + " " + new String(in.readAllBytes(), UTF_8).strip();
  }
}
