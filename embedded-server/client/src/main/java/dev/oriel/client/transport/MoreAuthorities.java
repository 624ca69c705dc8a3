package dev.oriel.client.transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Trusts the authorities of a file besides those of Java, for example that of a company whose
/// proxy reads TLS. Thread-safe. Java's own are read with the first handshake, because that takes
/// longer than everything else.
public final class MoreAuthorities extends X509ExtendedTrustManager {
    private final List<? extends Certificate> more;
    private @Nullable X509ExtendedTrustManager both; // guarded by this

    MoreAuthorities(List<? extends Certificate> more) {
        this.more = more;
    }

    /// Changes the default of this process: all connections that have no certificates of their own
    /// trust them too.
    ///
    /// @param file with certificates in PEM
    /// @throws TransportException if it has none; the message is for the user and without the path
    public static void trust(Path file) throws TransportException {
        SSLContext.setDefault(context(file));
    }

    /// Reads the file.
    static SSLContext context(Path file) throws TransportException {
        try (InputStream in = Files.newInputStream(file)) {
            List<? extends Certificate> more =
                    List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
            if (more.isEmpty()) {
                throw new IOException("no certificate in it");
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new MoreAuthorities(more)}, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new TransportException(
                    "The file " + file.getFileName() + " contains no certificates of authorities.",
                    e);
        }
    }

    private synchronized X509ExtendedTrustManager both() {
        X509ExtendedTrustManager known = both;
        if (known == null) {
            try {
                KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
                all.load(null, null);
                int n = 0;
                for (X509Certificate authority : manager(null).getAcceptedIssuers()) {
                    all.setCertificateEntry("java-" + n++, authority);
                }
                for (Certificate authority : more) {
                    all.setCertificateEntry("more-" + n++, authority);
                }
                known = manager(all);
                both = known;
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalStateException("The authorities of Java cannot be read", e);
            }
        }
        return known;
    }

    /// @param authorities null for those of Java
    private static X509ExtendedTrustManager manager(@Nullable KeyStore authorities)
            throws GeneralSecurityException {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities);
        for (TrustManager each : factory.getTrustManagers()) {
            if (each instanceof X509ExtendedTrustManager found) {
                return found;
            }
        }
        throw new IllegalStateException("every Java has one");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        both().checkServerTrusted(chain, type, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        both().checkServerTrusted(chain, type, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        both().checkServerTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        both().checkClientTrusted(chain, type, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        both().checkClientTrusted(chain, type, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        both().checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return both().getAcceptedIssuers();
    }
}
