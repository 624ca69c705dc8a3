package dev.oriel.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.client.transport.Transport.Settings;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which settings of proxy and certificates can be used.
class TransportTest {
    @TempDir Path folder;

    private static Settings proxy(String proxy) {
        return new Settings(proxy, null, null, null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy",
                "http://proxy",
                "https://proxy:80",
                "socks://proxy:80",
                ":80",
                "a b"
            })
    void aProxyIsTheHostAndPortOfAnHttpProxy(String proxy) {
        assertThatThrownBy(() -> Transport.of(proxy(proxy)))
                .isInstanceOf(TransportException.class)
                .hasMessage("The proxy must be HOST:PORT of an HTTP proxy.");
    }

    @Test
    void aProxyWithALoginIsNotSupported() {
        assertThatThrownBy(() -> Transport.of(proxy("http://user:word@proxy:80")))
                .isInstanceOf(TransportException.class)
                .hasMessage("A proxy that requires a login is not supported.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "none", "proxy:80", " http://proxy:80 "})
    void theseProxiesCanBeUsed(String proxy) throws Exception {
        try (HttpClient client = Transport.of(proxy(proxy)).createHttpClient(Runnable::run)) {
            assertThat(client.proxy()).isPresent();
        }
    }

    @Test
    void redirectsAreNotFollowed() {
        try (HttpClient client = Transport.plaintext().createHttpClient(Runnable::run)) {
            assertThat(client.followRedirects()).isEqualTo(HttpClient.Redirect.NEVER);
        }
    }

    @Test
    void withoutFilesTheCertificatesOfTheSystemAreUsed() throws Exception {
        assertThat(TlsSettings.of(Settings.DEFAULTS).context()).isNull();
        assertThat(TlsSettings.none().context()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no certificate"})
    void aFileWithoutCertificatesIsReported(String content) throws Exception {
        Path file = Files.writeString(folder.resolve("authorities.pem"), content);
        assertThatThrownBy(() -> Transport.of(new Settings("", file, null, null)))
                .isInstanceOf(TransportException.class)
                .hasMessage("The file authorities.pem contains no certificates of authorities.");
    }

    @Test
    void aFileThatIsNoIdentityIsReported() throws Exception {
        Path file = Files.writeString(folder.resolve("me.p12"), "no keys");
        assertThatThrownBy(() -> Transport.of(new Settings("", null, file, null)))
                .isInstanceOf(TransportException.class)
                .hasMessageStartingWith("The client certificate me.p12 cannot be read");
    }

    @Test
    void thePasswordIsTheFirstLineOfItsFile() throws Exception {
        Path file = identity("open sesame");
        Path password = Files.writeString(folder.resolve("password"), "open sesame\nmore\n");
        SSLContext context = TlsSettings.of(new Settings("", null, file, password)).context();
        assertThat(context).isNotNull();

        Files.writeString(password, "wrong\n");
        assertThatThrownBy(() -> TlsSettings.of(new Settings("", null, file, password)))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("the password is wrong");
        Files.delete(password);
        assertThatThrownBy(() -> TlsSettings.of(new Settings("", null, file, password)))
                .isInstanceOf(TransportException.class)
                .hasMessage("The file with the certificate's password cannot be read.");
    }

    private Path identity(String password) throws Exception {
        Path file = folder.resolve("me.p12");
        KeyStore empty = KeyStore.getInstance("PKCS12");
        empty.load(null, null);
        try (var out = Files.newOutputStream(file)) {
            empty.store(out, password.toCharArray());
        }
        return file;
    }
}
