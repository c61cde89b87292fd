/** The echo service of RFC 862, on port 7 of TCP and UDP. */
void main() throws IOException {
  DatagramSocket datagrams = new DatagramSocket(7);
  ServerSocket connections = new ServerSocket(7);
  Thread.ofVirtual().start(() -> echoDatagrams(datagrams));
  Files.writeString(Path.of("/tmp/ready"), "");
  IO.println("echoing on port 7");
  while (true) {
    Socket connection = connections.accept();
    Thread.ofVirtual().start(() -> echo(connection));
  }
}

static void echo(Socket connection) {
  try (connection) {
    connection.getInputStream().transferTo(connection.getOutputStream());
  } catch (IOException e) {
    System.err.println("the peer went away: " + e.getMessage());
  }
}

static void echoDatagrams(DatagramSocket socket) {
  try {
    while (true) {
      DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
      socket.receive(packet);
      socket.send(packet);
    }
  } catch (IOException e) {
    System.err.println("no more datagrams: " + e.getMessage());
  }
}
