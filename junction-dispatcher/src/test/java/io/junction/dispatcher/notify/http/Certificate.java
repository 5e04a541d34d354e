package io.junction.dispatcher.notify.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** A self-signed certificate that the JDK's own tool made. */
public final class Certificate {

  private static final char[] PASSWORD = "changeit".toCharArray();

  private final KeyStore keys;

  /**
   * Makes one.
   *
   * @param name whom it is for: {@code ip:127.0.0.1}, {@code dns:example.org}
   */
  public Certificate(Path folder, String name) throws Exception {
    var file = folder.resolve(name.replace(':', '-') + ".p12");
    var tool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "test",
                "-keyalg",
                "EC",
                "-dname",
                "CN=test",
                "-ext",
                "SAN=" + name,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!tool.waitFor(60, TimeUnit.SECONDS) || tool.exitValue() != 0) {
      throw new IOException("keytool made no certificate");
    }
    keys = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
  }

  /** Of a server that shows it, and of a client that trusts it. */
  public SSLContext context() throws GeneralSecurityException {
    var shown = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    shown.init(keys, PASSWORD);
    var context = SSLContext.getInstance("TLS");
    context.init(shown.getKeyManagers(), new X509TrustManager[] {trusted()}, null);
    return context;
  }

  /** Who trusts it, and nobody else. */
  public X509TrustManager trusted() throws GeneralSecurityException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    try {
      store.load(null, null);
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
    store.setCertificateEntry("test", keys.getCertificate("test"));
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    return (X509TrustManager) trust.getTrustManagers()[0];
  }
}
