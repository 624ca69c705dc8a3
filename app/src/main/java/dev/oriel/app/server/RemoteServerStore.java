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
import dev.oriel.client.TokenSource;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The remote servers that the user has connected to, and which of them is in use. Addresses and
/// kinds are kept in `remote.json`, each token in a file of its own in `remote-tokens`; all files
/// are readable by their owner only.
///
/// ```json
/// {"in_use": true, "address": URL, "kind": KIND, "known": [{"address": URL, "kind": KIND}, …]}
/// ```
///
/// Thread-safe. The constructor and [#token] read files; every other method returns at once, and
/// the writer makes the change.
public final class RemoteServerStore {
    /// The maximum number of stored servers. The least recently used one is removed.
    static final int MAX_KNOWN = 20;

    private final JsonFile file;
    private final Path tokens;
    private final Executor writer;

    /// The file in which earlier versions stored their only token.
    private final AtomicFile earlierToken;

    /// The content of the file. The object is never modified; the writer replaces it.
    private volatile ObjectNode stored;

    /// Blocks: reads `remote.json`.
    ///
    /// @param writer runs one task at a time, in the order of submission
    public RemoteServerStore(Path folder, Executor writer) {
        this.file = new JsonFile(folder.resolve("remote.json"));
        this.tokens = folder.resolve("remote-tokens");
        this.earlierToken = new AtomicFile(folder.resolve("remote-token"));
        this.writer = writer;
        this.stored = file.read();
    }

    /// The server that the user has chosen; empty if it is the window's own server.
    public Optional<ConnectionTarget> chosen() {
        ObjectNode now = stored;
        return now.path("in_use").asBoolean() ? target(now) : Optional.empty();
    }

    /// The stored servers, the most recently used first.
    public List<ConnectionTarget> known() {
        return known(stored);
    }

    private static List<ConnectionTarget> known(ObjectNode stored) {
        List<ConnectionTarget> all = new ArrayList<>();
        stored.path("known").forEach(entry -> target(entry).ifPresent(all::add));
        if (stored.path("known").isMissingNode()) {
            // Earlier versions stored one server only.
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

    /// The most recently used address; empty if there is none.
    public String lastAddress() {
        return stored.path("address").asText("");
    }

    /// Stores a server with its token and marks it as in use.
    ///
    /// @param token read on the writer
    /// @return completes when both are on disk; fails with an [IOException]
    public CompletableFuture<Void> save(ConnectionTarget target, TokenSource token) {
        return change(() -> {
            tokenFile(target).write(token.token().strip().getBytes(StandardCharsets.UTF_8));
            List<ConnectionTarget> all = new ArrayList<>(known());
            all.remove(target);
            all.addFirst(target);
            while (all.size() > MAX_KNOWN) {
                tokenFile(all.removeLast()).delete();
            }
            write(toJson(target).put("in_use", true), all);
            earlierToken.delete();
        });
    }

    /// Deletes a server and its token. A server that is in use stays in use until another is
    /// chosen.
    ///
    /// @return completes when the files are written; fails with an [IOException]
    public CompletableFuture<Void> delete(ConnectionTarget target) {
        return change(() -> {
            List<ConnectionTarget> all = new ArrayList<>(known());
            all.remove(target);
            ObjectNode next = stored.deepCopy();
            if (!next.path("in_use").asBoolean()
                    && target(next).filter(target::equals).isPresent()) {
                next.remove(List.of("address", "kind"));
            }
            write(next, all);
            tokenFile(target).delete();
        });
    }

    /// Stores that the window uses its own server again.
    ///
    /// @return completes when the file is written; fails with an [IOException]
    public CompletableFuture<Void> useOwnServer() {
        return change(() -> replace(stored.deepCopy().put("in_use", false)));
    }

    @FunctionalInterface
    private interface Change {
        void run() throws IOException;
    }

    private CompletableFuture<Void> change(Change change) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        change.run();
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    }
                },
                writer);
    }

    private void write(ObjectNode next, List<ConnectionTarget> known) throws IOException {
        ArrayNode list = next.putArray("known");
        known.forEach(target -> list.add(toJson(target)));
        replace(next);
    }

    private void replace(ObjectNode next) throws IOException {
        file.write(next);
        stored = next;
    }

    private static ObjectNode toJson(ConnectionTarget target) {
        return Json.object()
                .put("address", target.address().toString())
                .put("kind", target.kind().id());
    }

    /// Blocks: reads the stored token of a server. The file is read each time because the user may
    /// have changed it.
    ///
    /// @param kind null for a server of any kind at this address
    /// @return empty if there is none
    public String token(ServerAddress address, @Nullable ServerKind kind) throws IOException {
        for (ConnectionTarget target : known()) {
            if (target.address().equals(address) && (kind == null || target.kind() == kind)) {
                return token(target);
            }
        }
        return "";
    }

    /// Blocks: reads the stored token of a server. The file is read each time because the user may
    /// have changed it.
    ///
    /// @return empty if there is none
    public String token(ConnectionTarget target) throws IOException {
        Optional<byte[]> bytes = tokenFile(target).read();
        if (bytes.isEmpty() && chosen().filter(target::equals).isPresent()) {
            bytes = earlierToken.read();
        }
        return new String(bytes.orElse(new byte[0]), StandardCharsets.UTF_8).strip();
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
