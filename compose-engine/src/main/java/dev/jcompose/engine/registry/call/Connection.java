package dev.jcompose.engine.registry.call;

import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.registry.auth.Authorization;
import dev.jcompose.engine.registry.auth.Challenge;
import dev.jcompose.engine.registry.host.Endpoint;
import dev.jcompose.engine.registry.host.HttpClients;
import dev.jcompose.engine.registry.host.RegistrySettings;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Set;
import javax.net.ssl.SSLException;

/**
 * Sends requests to one registry: logs in when asked to, follows redirects without taking the
 * credential along, and tries again what may succeed later. Safe from many threads.
 */
public final class Connection {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final int MOST_REDIRECTS = 10;
  private static final int MOST_LOGINS = 2;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);
  private static final String AGENT =
      "jcompose/" + String.valueOf(Connection.class.getPackage().getImplementationVersion());

  private final Endpoint endpoint;
  private final RegistrySettings settings;
  private final HttpClients clients;
  private final Authorization authorization;
  private final Pause pause;

  /** To one endpoint on behalf of one user. */
  public Connection(
      Endpoint endpoint,
      RegistrySettings settings,
      HttpClients clients,
      Authorization authorization,
      Pause pause) {
    this.endpoint = endpoint;
    this.settings = settings;
    this.clients = clients;
    this.authorization = authorization;
    this.pause = pause;
  }

  /** Where it leads. */
  public Endpoint endpoint() {
    return endpoint;
  }

  /** How often something is tried. */
  public int attempts() {
    return settings.attempts();
  }

  /** The time between attempts. */
  public Pause pause() {
    return pause;
  }

  /**
   * Sees whether the registry is there and takes the login.
   *
   * @throws RegistryException when not
   */
  public void ping() throws ImageException, InterruptedException {
    send(new Ping());
  }

  /**
   * Sends a request and reads the answer.
   *
   * @throws RegistryException when the registry refuses, or stays out of reach after some attempts
   */
  <T> T send(Call<T> call) throws ImageException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      boolean last = attempt >= settings.attempts() || !call.repeatable();
      try {
        Answer answer = ask(call);
        boolean keep = false;
        try {
          if (call.understands(answer.status())) {
            keep = true;
            return call.read(answer);
          }
          Duration wait = Refusal.retryAfter(answer).orElse(Duration.ZERO);
          if (last || !PASSING.contains(answer.status()) || wait.compareTo(LONGEST_PAUSE) > 0) {
            throw Refusal.of(answer, call, endpoint, authorization.isNamed());
          }
          if (wait.isPositive()) {
            pause.of(wait);
          } else {
            pause.before(attempt);
          }
        } finally {
          if (!keep) {
            answer.close();
          }
        }
      } catch (IOException e) {
        if (last || isHopeless(e)) {
          throw unreachable(e);
        }
        pause.before(attempt);
      }
    }
  }

  /** A name nobody knows, a closed port and a wrong certificate stay so for the next second. */
  private static boolean isHopeless(IOException problem) {
    return problem instanceof ConnectException
        || problem instanceof HttpConnectTimeoutException
        || (problem instanceof SSLException && !isBrokenOff(problem));
  }

  private static boolean isBrokenOff(Throwable problem) {
    Throwable cause = problem.getCause();
    return problem instanceof SocketException
        || problem instanceof EOFException
        || (cause != null && isBrokenOff(cause));
  }

  private RegistryException unreachable(IOException problem) {
    String host = endpoint.authority();
    if (problem instanceof SSLException) {
      return new RegistryException(
          "no TLS with %s: %s; put its authority into /etc/jcompose/certs.d/%s/ca.crt, or list it"
                  .formatted(host, problem.getMessage(), host)
              + " under insecure-registries in /etc/jcompose/engine.json",
          problem);
    }
    boolean unknown =
        problem.getCause() instanceof UnresolvedAddressException
            || (problem.getCause() != null
                && problem.getCause().getCause() instanceof UnresolvedAddressException);
    boolean offline = problem instanceof ConnectException || unknown;
    String why =
        unknown
            ? "its name is not known here"
            : problem.getMessage() == null
                ? problem.getClass().getSimpleName()
                : problem.getMessage();
    return new RegistryException(
        offline || problem instanceof HttpConnectTimeoutException
            ? "registry %s cannot be reached (%s); without a network use `jcompose image from-host` or `jcompose image load`"
                .formatted(host, why)
            : "registry %s broke off: %s; try again later".formatted(host, why),
        problem);
  }

  private Answer ask(Call<?> call) throws IOException, ImageException, InterruptedException {
    int logins = 0;
    int redirects = 0;
    URI target = absolute(call.target());
    while (true) {
      boolean own = isOwn(target);
      String shown = own ? authorization.header() : "";
      Answer answer = Answer.of(once(call, target, shown));
      if (answer.status() == 401 && own && logins++ < MOST_LOGINS) {
        if (authorization.renew(
            Challenge.parse(answer.headers().allValues("WWW-Authenticate")), shown)) {
          answer.close();
          continue;
        }
      }
      String location = answer.header("Location");
      if (REDIRECTS.contains(answer.status())
          && !location.isEmpty()
          && !call.understands(answer.status())) {
        answer.close();
        if (redirects++ >= MOST_REDIRECTS) {
          throw new IOException("more than " + MOST_REDIRECTS + " redirects");
        }
        target = redirected(target, location);
        continue;
      }
      return answer;
    }
  }

  private URI absolute(String target) {
    return target.startsWith("/") ? endpoint.resolve(target) : URI.create(target);
  }

  private static URI redirected(URI from, String location) throws IOException {
    try {
      URI to = from.resolve(location);
      if (to.getHost() == null
          || ("https".equals(from.getScheme()) && !"https".equals(to.getScheme()))) {
        throw new IOException("a redirect to " + to.getScheme() + "://" + to.getHost());
      }
      return to;
    } catch (IllegalArgumentException e) {
      throw new IOException("a redirect to something that is no URL", e);
    }
  }

  /** Whether this is the registry itself: only then it is shown who asks. */
  private boolean isOwn(URI target) {
    return endpoint.base().getScheme().equals(target.getScheme())
        && endpoint.base().getRawAuthority().equalsIgnoreCase(target.getRawAuthority());
  }

  private HttpResponse<InputStream> once(Call<?> call, URI target, String shown)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target)
            .method(call.method(), call.body())
            .timeout(call.patience())
            .header("User-Agent", AGENT);
    call.headers().forEach(request::header);
    if (!shown.isEmpty()) {
      request.header("Authorization", shown);
    }
    String proxy = settings.proxies().authorization(target);
    if (!proxy.isEmpty()) {
      request.header("Proxy-Authorization", proxy);
    }
    HttpClient client =
        clients.client(isOwn(target) ? endpoint : Endpoint.elsewhere(target), settings);
    return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
  }
}
