package dev.oriel.app.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.files.AtomicFile;
import dev.oriel.app.files.JsonFile;
import dev.oriel.client.ConnectionTarget;
import dev.oriel.client.InvalidAddressException;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.ServerKind;
import dev.oriel.message.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The other servers that a user has connected to, on disk, and which of them is in use. Addresses
/// and kinds stand in `remote.json`; each token stands in a file of its own in `remote-tokens`,
/// readable by its owner only.
public final class RemoteServerStore {
    /// How many servers are remembered; the one used longest ago goes first.
    static final int MAX_KNOWN = 20;

    private final JsonFile file;
    private final Path tokens;

    /// Where earlier versions kept the one token.
    private final AtomicFile earlierToken;

    public RemoteServerStore(Path folder) {
        this.file = new JsonFile(folder.resolve("remote.json"));
        this.tokens = folder.resolve("remote-tokens");
        this.earlierToken = new AtomicFile(folder.resolve("remote-token"));
    }

    /// The server to connect to instead of our own, if there is one.
    public Optional<ConnectionTarget> chosen() {
        ObjectNode stored = file.read();
        return stored.path("in_use").asBoolean() ? target(stored) : Optional.empty();
    }

    /// The servers that were connected to, the last one first.
    public List<ConnectionTarget> known() {
        ObjectNode stored = file.read();
        List<ConnectionTarget> all = new ArrayList<>();
        stored.path("known").forEach(one -> target(one).ifPresent(all::add));
        if (all.isEmpty()) {
            target(stored).ifPresent(all::add);
        }
        return List.copyOf(all);
    }

    private static Optional<ConnectionTarget> target(JsonNode stored) {
        try {
            ServerAddress address = ServerAddress.parse(stored.path("address").asText());
            return ServerKind.find(stored.path("kind").asText(ServerKind.NATIVE.id()))
                    .map(kind -> new ConnectionTarget(kind, address));
        } catch (InvalidAddressException _) {
            return Optional.empty();
        }
    }

    /// The address that was used last, or an empty text.
    public String lastAddress() {
        return file.read().path("address").asText("");
    }

    public void save(ConnectionTarget target, String secret) throws IOException {
        tokenFile(target).write(secret.strip().getBytes(StandardCharsets.UTF_8));
        List<ConnectionTarget> all = new ArrayList<>(known());
        all.remove(target);
        all.addFirst(target);
        while (all.size() > MAX_KNOWN) {
            tokenFile(all.removeLast()).delete();
        }
        write(json(target).put("in_use", true), all);
        earlierToken.delete();
    }

    /// Forgets a server and its token. The one that is in use stays in use until another is chosen.
    public void delete(ConnectionTarget target) throws IOException {
        List<ConnectionTarget> all = new ArrayList<>(known());
        all.remove(target);
        ObjectNode stored = file.read();
        if (!stored.path("in_use").asBoolean()
                && target(stored).filter(target::equals).isPresent()) {
            stored.remove(List.of("address", "kind"));
        }
        write(stored, all);
        tokenFile(target).delete();
    }

    public void useOwnServer() throws IOException {
        file.write(file.read().put("in_use", false));
    }

    private void write(ObjectNode stored, List<ConnectionTarget> known) throws IOException {
        ArrayNode list = stored.putArray("known");
        known.forEach(one -> list.add(json(one)));
        file.write(stored);
    }

    private static ObjectNode json(ConnectionTarget target) {
        return Json.object()
                .put("address", target.address().toString())
                .put("kind", target.kind().id());
    }

    /// The token that is kept for a server; empty if there is none. Read anew each time, because a
    /// user may have changed the file.
    public String token(ConnectionTarget target) throws IOException {
        Optional<byte[]> kept = tokenFile(target).read();
        if (kept.isEmpty() && chosen().filter(target::equals).isPresent()) {
            kept = earlierToken.read();
        }
        return new String(kept.orElse(new byte[0]), StandardCharsets.UTF_8).strip();
    }

    private AtomicFile tokenFile(ConnectionTarget target) {
        byte[] name =
                (target.kind().id() + " " + target.address()).getBytes(StandardCharsets.UTF_8);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name);
            return new AtomicFile(tokens.resolve(HexFormat.of().formatHex(digest, 0, 16)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
