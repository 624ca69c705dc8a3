package dev.oriel.app.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.transport.Transport;
import dev.oriel.client.transport.TransportException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How the window gets to other servers; every part is empty where nothing was set.
///
/// @param proxy `host:port`, or `none`; empty for the system's
/// @param authorities a PEM file with the authorities to trust
/// @param identity a PKCS#12 file with a certificate and key of our own
/// @param identityPassword a file with that file's password: the password itself stands in no
///   settings
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

    /// @throws TransportException if something of it cannot be used
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
