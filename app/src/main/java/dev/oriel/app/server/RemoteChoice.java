package dev.oriel.app.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The other servers that a user has connected to, on disk, and which of them is in use. Addresses
/// and kinds stand in `remote.json`; each token stands in a file of its own in `remote-tokens`,
/// readable by its owner only.
public final class RemoteChoice {
    /// How many servers are remembered; the one used longest ago goes first.
    static final int MOST_KNOWN = 20;

    private final JsonFile file;
    private final Path tokens;

    /// Where earlier versions kept the one token.
    private final AtomicFile earlierToken;

    public RemoteChoice(Path folder) {
        this.file = new JsonFile(folder.resolve("remote.json"));
        this.tokens = folder.resolve("remote-tokens");
        this.earlierToken = new AtomicFile(folder.resolve("remote-token"));
    }

    /// The server to connect to instead of our own, if there is one.
    public Optional<Target> chosen() {
        ObjectNode stored = file.read();
        return stored.path("in_use").asBoolean() ? target(stored) : Optional.empty();
    }

    /// The servers that were connected to, the last one first.
    public List<Target> known() {
        ObjectNode stored = file.read();
        List<Target> all = new ArrayList<>();
        stored.path("known").forEach(one -> target(one).ifPresent(all::add));
        if (all.isEmpty()) {
            target(stored).ifPresent(all::add);
        }
        return List.copyOf(all);
    }

    private static Optional<Target> target(JsonNode stored) {
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
        tokenOf(target).write(secret.strip().getBytes(StandardCharsets.UTF_8));
        List<Target> all = new ArrayList<>(known());
        all.remove(target);
        all.addFirst(target);
        while (all.size() > MOST_KNOWN) {
            tokenOf(all.removeLast()).delete();
        }
        write(json(target).put("in_use", true), all);
        earlierToken.delete();
    }

    /// Forgets a server and its token. The one that is in use stays in use until another is chosen.
    public void forget(Target target) throws IOException {
        List<Target> all = new ArrayList<>(known());
        all.remove(target);
        ObjectNode stored = file.read();
        if (!stored.path("in_use").asBoolean()
                && target(stored).filter(target::equals).isPresent()) {
            stored.remove(List.of("address", "kind"));
        }
        write(stored, all);
        tokenOf(target).delete();
    }

    public void backToOwn() throws IOException {
        file.write(file.read().put("in_use", false));
    }

    private void write(ObjectNode stored, List<Target> known) throws IOException {
        ArrayNode list = stored.putArray("known");
        known.forEach(one -> list.add(json(one)));
        file.write(stored);
    }

    private static ObjectNode json(Target target) {
        return Json.object()
                .put("address", target.address().toString())
                .put("kind", target.kind().word());
    }

    /// The token that is kept for a server; empty if there is none. Read anew each time, because a
    /// user may have changed the file.
    public String token(Target target) throws IOException {
        Optional<byte[]> kept = tokenOf(target).read();
        if (kept.isEmpty() && chosen().filter(target::equals).isPresent()) {
            kept = earlierToken.read();
        }
        return new String(kept.orElse(new byte[0]), StandardCharsets.UTF_8).strip();
    }

    private AtomicFile tokenOf(Target target) {
        byte[] name =
                (target.kind().word() + " " + target.address()).getBytes(StandardCharsets.UTF_8);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name);
            return new AtomicFile(tokens.resolve(HexFormat.of().formatHex(digest, 0, 16)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
