package dev.oriel.app.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.files.AtomicFile;
import dev.oriel.app.files.JsonFile;
import dev.oriel.client.InvalidAddressException;
import dev.oriel.client.Kind;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.Target;
import dev.oriel.message.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// The other server a person has chosen, on disk: its address and kind in one file, its token in
/// another that only its owner can read.
public final class RemoteChoice {
    private final JsonFile file;
    private final AtomicFile token;

    public RemoteChoice(Path folder) {
        this.file = new JsonFile(folder.resolve("remote.json"));
        this.token = new AtomicFile(folder.resolve("remote-token"));
    }

    /// The server to connect to instead of our own, if there is one.
    public Optional<Target> chosen() {
        ObjectNode stored = file.read();
        if (!stored.path("in_use").asBoolean()) {
            return Optional.empty();
        }
        try {
            ServerAddress address = ServerAddress.parse(stored.path("address").asText());
            return Kind.ofWord(stored.path("kind").asText(Kind.NATIVE.word()))
                    .map(kind -> new Target(kind, address));
        } catch (InvalidAddressException _) {
            return Optional.empty();
        }
    }

    /// The address that was used last, or an empty text.
    public String lastAddress() {
        return file.read().path("address").asText("");
    }

    public void choose(Target target, String secret) throws IOException {
        token.write(secret.strip().getBytes(StandardCharsets.UTF_8));
        file.write(
                Json.object()
                        .put("address", target.address().toString())
                        .put("kind", target.kind().word())
                        .put("in_use", true));
    }

    public void backToOwn() throws IOException {
        file.write(file.read().put("in_use", false));
    }

    /// Read anew each time: a person may have changed it.
    public String token() throws IOException {
        return new String(token.read().orElse(new byte[0]), StandardCharsets.UTF_8).strip();
    }
}
