import module java.net.http;
import module jdk.httpserver;

/** Passes each request on to the next address of the name "app". */
final HttpClient client = HttpClient.newHttpClient();

final AtomicInteger turn = new AtomicInteger();

void main() throws IOException {
  HttpServer server = HttpServer.create(new InetSocketAddress(8080), 0);
  server.createContext("/", this::forward);
  server.start();
}

void forward(HttpExchange exchange) throws IOException {
  InetAddress[] backends = InetAddress.getAllByName("app");
  Arrays.sort(backends, Comparator.comparing(InetAddress::getHostAddress));
  String address = backends[turn.getAndIncrement() % backends.length].getHostAddress();
  URI uri = URI.create("http://" + address + ":8080" + exchange.getRequestURI());
  try (exchange) {
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    byte[] body = client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  } catch (InterruptedException e) {
    exchange.sendResponseHeaders(503, -1);
  }
}
