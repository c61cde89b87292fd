/** Adds up what comes as NAME:N|c and prints each new sum. */
void main() throws IOException {
  Map<String, Integer> sums = new TreeMap<>();
  DatagramSocket socket = new DatagramSocket(8125);
  Files.writeString(Path.of("/tmp/ready"), "");
  while (true) {
    DatagramPacket packet = new DatagramPacket(new byte[512], 512);
    socket.receive(packet);
    String text = new String(packet.getData(), 0, packet.getLength()).strip();
    String[] parts = text.split("[:|]");
    if (parts.length == 3 && parts[2].equals("c")) {
      IO.println(parts[0] + " " + sums.merge(parts[0], Integer.parseInt(parts[1]), Integer::sum));
    }
  }
}
