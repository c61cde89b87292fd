/** "subscribe TOPIC" stays and receives; "publish TOPIC TEXT" sends the text to all who did. */
final Map<String, List<PrintStream>> topics = new ConcurrentHashMap<>();

void main() throws IOException {
  ServerSocket server = new ServerSocket(1883);
  while (true) {
    Socket client = server.accept();
    Thread.ofVirtual().start(() -> serve(client));
  }
}

void serve(Socket client) {
  try (client) {
    String line = new BufferedReader(new InputStreamReader(client.getInputStream())).readLine();
    if (line == null) {
      return; // a health check
    }
    String[] words = line.split(" ", 3);
    var subscribers = topics.computeIfAbsent(words[1], _ -> new CopyOnWriteArrayList<>());
    PrintStream out = new PrintStream(client.getOutputStream(), true);
    if (words[0].equals("subscribe")) {
      subscribers.add(out);
      out.println("welcome");
      client.getInputStream().read(); // until it goes
      subscribers.remove(out);
    } else {
      subscribers.forEach(each -> each.println(words[2]));
      out.println("sent to " + subscribers.size());
    }
  } catch (IOException e) {
    IO.println("a client went away: " + e.getMessage());
  }
}
