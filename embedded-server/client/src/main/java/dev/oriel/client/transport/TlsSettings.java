package dev.oriel.client.transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// The certificates of a client on `https` and `wss`: the authorities that it trusts, and its own.
///
/// @param context null for the default of Java
record TlsSettings(@Nullable SSLContext context) {

    static TlsSettings systemDefault() {
        return new TlsSettings(null);
    }

    /// No trust anchors and no key: every TLS handshake fails.
    static TlsSettings none() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[0], new TrustManager[0], null);
            return new TlsSettings(context);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    static TlsSettings of(Transport.Settings settings) throws TransportException {
        if (settings.authorities() == null && settings.identity() == null) {
            return systemDefault();
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            // Null for either means the default of Java.
            context.init(keys(settings), trusted(settings.authorities()), null);
            return new TlsSettings(context);
        } catch (GeneralSecurityException e) {
            throw new TransportException("The certificates cannot be used.", e);
        }
    }

    private static KeyManager @Nullable [] keys(Transport.Settings settings)
            throws TransportException {
        Path file = settings.identity();
        if (file == null) {
            return null;
        }
        char[] password = password(settings.identityPassword());
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            KeyManagerFactory keys =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            return keys.getKeyManagers();
        } catch (IOException | GeneralSecurityException e) {
            throw new TransportException(
                    "The client certificate "
                            + file.getFileName()
                            + " cannot be read: it is no PKCS#12 file, or the password is wrong.",
                    e);
        }
    }

    private static char[] password(@Nullable Path file) throws TransportException {
        if (file == null) {
            return new char[0];
        }
        try {
            return Files.readString(file).lines().findFirst().orElse("").toCharArray();
        } catch (IOException e) {
            throw new TransportException(
                    "The file with the certificate's password cannot be read.", e);
        }
    }

    private static TrustManager @Nullable [] trusted(@Nullable Path file)
            throws TransportException {
        if (file == null) {
            return null;
        }
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> all =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (all.isEmpty()) {
                throw new IOException("no certificate in it");
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int n = 0;
            for (Certificate authority : all) {
                store.setCertificateEntry("authority-" + n++, authority);
            }
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            return trust.getTrustManagers();
        } catch (IOException | GeneralSecurityException e) {
            throw new TransportException(
                    "The file " + file.getFileName() + " contains no certificates of authorities.",
                    e);
        }
    }

    void applyTo(HttpClient.Builder builder) {
        if (context != null) {
            builder.sslContext(context);
        }
    }
}
