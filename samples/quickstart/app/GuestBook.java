import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A guest book: GET / shows it, POST /notes adds a line. Notes live in a file on a volume. */
static final Path NOTES = Path.of("/data/notes.txt");

void main() throws IOException {
  HttpServer server = HttpServer.create(new InetSocketAddress(8080), 0);
  server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
  server.createContext("/", this::page);
  server.createContext("/notes", this::notes);
  server.start();
  URI.create("http://localhost:8080/").toURL().openStream().close();
  Files.writeString(Path.of("/tmp/ready"), "");
  IO.println("listening on port 8080, " + readNotes().size() + " notes so far");
}

void page(HttpExchange exchange) throws IOException {
  List<String> notes = readNotes();
  String lines =
      notes.reversed().stream()
          .limit(20)
          .map(note -> "<li>" + escape(note) + "</li>")
          .collect(Collectors.joining());
  String greeting = escape(System.getenv().getOrDefault("GREETING", "Hello"));
  reply(
      exchange,
      200,
      """
      <!doctype html><meta charset="utf-8"><title>Guest book</title>
      <h1>%s</h1><p>%d notes</p><ol reversed>%s</ol>
      """
          .formatted(greeting, notes.size(), lines));
}

void notes(HttpExchange exchange) throws IOException {
  if (!exchange.getRequestMethod().equals("POST")) {
    reply(exchange, 405, "POST a line of text here");
    return;
  }
  String note = new String(exchange.getRequestBody().readNBytes(1000), UTF_8).strip();
  append(note);
  IO.println("note: " + note);
  reply(exchange, 201, "thank you\n");
}

synchronized void append(String note) throws IOException {
  Files.writeString(
      NOTES,
      note.replaceAll("\\R", " ") + "\n",
      StandardOpenOption.CREATE,
      StandardOpenOption.APPEND);
}

synchronized List<String> readNotes() throws IOException {
  return Files.exists(NOTES) ? Files.readAllLines(NOTES) : List.of();
}

static void reply(HttpExchange exchange, int status, String body) throws IOException {
  byte[] bytes = body.getBytes(UTF_8);
  exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
  exchange.sendResponseHeaders(status, bytes.length);
  try (OutputStream out = exchange.getResponseBody()) {
    out.write(bytes);
  }
}

static String escape(String text) {
  return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
}
