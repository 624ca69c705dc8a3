package dev.oriel.app.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.transport.Transport;
import dev.oriel.client.transport.TransportException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Settings of connections to other servers. A component is empty if it is not set. Immutable.
///
/// @param proxy `host:port`, or `none`; empty for the system's proxy
/// @param authorities path of a PEM file with the certificate authorities to trust
/// @param identity path of a PKCS#12 file with the client's certificate and key
/// @param identityPassword path of a file with the password of `identity`; the password itself is
///   not stored in the settings
public record NetworkSettings(
        String proxy, String authorities, String identity, String identityPassword) {
    public static final NetworkSettings DEFAULTS = new NetworkSettings("", "", "", "");

    static NetworkSettings fromJson(ObjectNode json) {
        return new NetworkSettings(
                json.path("proxy").asText(""),
                json.path("authorities").asText(""),
                json.path("client_certificate").asText(""),
                json.path("client_certificate_password_file").asText(""));
    }

    void writeTo(ObjectNode json) {
        json.put("proxy", proxy)
                .put("authorities", authorities)
                .put("client_certificate", identity)
                .put("client_certificate_password_file", identityPassword);
    }

    /// Creates a transport with these settings. Reads the files.
    ///
    /// @throws TransportException if a setting is invalid or a file cannot be read
    public Transport transport() throws TransportException {
        return Transport.of(
                new Transport.Settings(
                        proxy, path(authorities), path(identity), path(identityPassword)));
    }

    private static @Nullable Path path(String text) {
        return text.isEmpty() ? null : Path.of(text);
    }

    NetworkSettings withProxy(String other) {
        return new NetworkSettings(other, authorities, identity, identityPassword);
    }

    NetworkSettings withAuthorities(String file) {
        return new NetworkSettings(proxy, file, identity, identityPassword);
    }

    NetworkSettings withIdentity(String file) {
        return new NetworkSettings(proxy, authorities, file, identityPassword);
    }

    NetworkSettings withIdentityPassword(String file) {
        return new NetworkSettings(proxy, authorities, identity, file);
    }
}
