/** A map behind a socket, "get KEY" and "set KEY VALUE"; kept in a file when one is named. */
void main(String[] arguments) throws IOException {
  Path file = arguments.length > 1 ? Path.of(arguments[1]) : null;
  Map<String, String> rows = new ConcurrentHashMap<>();
  if (file != null && Files.exists(file)) {
    for (String line : Files.readAllLines(file)) {
      rows.put(line.split(" ", 2)[0], line.split(" ", 2)[1]);
    }
  }
  ServerSocket server = new ServerSocket(Integer.parseInt(arguments[0]));
  Files.writeString(Path.of("/tmp/ready"), "");
  while (true) {
    Socket client = server.accept();
    Thread.ofVirtual().start(() -> answer(client, rows, file));
  }
}

void answer(Socket client, Map<String, String> rows, Path file) {
  try (client;
      var in = new BufferedReader(new InputStreamReader(client.getInputStream()));
      var out = new PrintStream(client.getOutputStream(), true)) {
    String[] words = in.readLine().split(" ", 3);
    if (words[0].equals("set")) {
      rows.put(words[1], words[2]);
      if (file != null) {
        String row = words[1] + " " + words[2] + "\n";
        Files.writeString(file, row, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
    }
    out.println(rows.getOrDefault(words[1], ""));
  } catch (IOException e) {
    IO.println("a client went away: " + e.getMessage());
  }
}
