package dev.jcompose.engine.registry.host;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whom to believe about a registry: Java's authorities, the machine's, and those put into {@code
 * certs.d/<host[:port]>/*.crt}; a client certificate beside them is shown (Docker's layout).
 */
final class Trust {
  private static final List<Path> MACHINE =
      List.of(
          Path.of("/etc/ssl/certs/ca-certificates.crt"),
          Path.of("/etc/pki/tls/certs/ca-bundle.crt"));
  private static final char[] NO_PASSWORD = {};

  private Trust() {}

  /** Whether somebody has put an authority there for this registry. */
  static boolean hasAuthority(String authority, List<Path> directories) {
    try {
      return !files(authority, directories, "*.crt").isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  /** When the files for a registry were changed last; the epoch when there are none. */
  static FileTime changed(String authority, List<Path> directories) throws IOException {
    FileTime latest = FileTime.fromMillis(0);
    for (Path file : files(authority, directories, "*.{crt,cert,key}")) {
      FileTime time = Files.getLastModifiedTime(file);
      latest = time.compareTo(latest) > 0 ? time : latest;
    }
    return latest;
  }

  /**
   * TLS towards one registry.
   *
   * @param verified whether its certificate is checked
   */
  static SSLContext context(String authority, List<Path> directories, boolean verified)
      throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      TrustManager[] trust =
          verified
              ? trust(certificates(files(authority, directories, "*.crt")))
              : new TrustManager[] {new Anybody()};
      context.init(keys(authority, directories), trust, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "the certificates for %s cannot be used: %s".formatted(authority, e.getMessage()), e);
    }
  }

  /** For plain HTTP, where Java would read all its authorities for nothing. */
  static SSLContext nobody() throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[0], null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("this Java has no TLS", e);
    }
  }

  private static TrustManager[] trust(Collection<Certificate> own)
      throws GeneralSecurityException, IOException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    KeyStore all = emptyStore();
    int number = 0;
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        for (X509Certificate certificate : x509.getAcceptedIssuers()) {
          all.setCertificateEntry("java" + number++, certificate);
        }
      }
    }
    for (Path bundle : MACHINE) {
      if (Files.isReadable(bundle)) {
        for (Certificate certificate : certificates(List.of(bundle))) {
          all.setCertificateEntry("machine" + number++, certificate);
        }
      }
    }
    for (Certificate certificate : own) {
      all.setCertificateEntry("own" + number++, certificate);
    }
    factory.init(all);
    return factory.getTrustManagers();
  }

  private static KeyManager @Nullable [] keys(String authority, List<Path> directories)
      throws GeneralSecurityException, IOException {
    List<Path> pairs = files(authority, directories, "*.cert");
    if (pairs.isEmpty()) {
      return null;
    }
    KeyStore store = emptyStore();
    for (Path file : pairs) {
      String name = file.getFileName().toString();
      Path key = file.resolveSibling(name.substring(0, name.length() - "cert".length()) + "key");
      store.setKeyEntry(
          name,
          PrivateKeys.read(key),
          NO_PASSWORD,
          certificates(List.of(file)).toArray(new Certificate[0]));
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static List<Certificate> certificates(List<Path> files)
      throws GeneralSecurityException, IOException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<Certificate> all = new ArrayList<>();
    for (Path file : files) {
      try (InputStream in = Files.newInputStream(file)) {
        all.addAll(factory.generateCertificates(in));
      } catch (GeneralSecurityException e) {
        throw new IOException(file + " holds no proper certificate: " + e.getMessage(), e);
      }
    }
    return all;
  }

  /** The files of the first directory that knows the registry. */
  private static List<Path> files(String authority, List<Path> directories, String pattern)
      throws IOException {
    for (Path directory : directories) {
      Path own = directory.resolve(authority);
      if (Files.isDirectory(own)) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(own, pattern)) {
          found.forEach(files::add);
        }
        files.sort(null);
        return files;
      }
    }
    return List.of();
  }

  /** Only this kind of trust manager is also asked whether the name in a certificate is right. */
  private static final class Anybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
