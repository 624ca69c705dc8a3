package dev.oriel.dialect.manager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentProvider;
import dev.oriel.gateway.DialectPort;
import dev.oriel.gateway.ServerConfig;
import dev.oriel.message.Json;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.server.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/// A server with the manager dialect on its main port and on one of its own, and a key in the
/// test's folder.
public final class ManagerServer implements AutoCloseable {
    public static final String KEY = "s3cret-of-the-test";

    private final RunningServer server;
    private final Path folder;

    private ManagerServer(RunningServer server, Path folder) {
        this.server = server;
        this.folder = folder;
    }

    public static ManagerServer in(Path folder, AgentProvider agent) {
        return in(folder, s -> s, c -> c, agent);
    }

    public static ManagerServer in(
            Path folder,
            UnaryOperator<ManagerSettings> settings,
            UnaryOperator<ServerConfig> setUp,
            AgentProvider agent) {
        write(folder.resolve("home/.claude/analytics/.secret"), KEY + "\n");
        ManagerSettings wanted = settings.apply(ManagerSettings.defaults(folder.resolve("home")));
        return new ManagerServer(
                RunningServer.in(
                        folder,
                        c ->
                                setUp.apply(
                                        c.withDialects(c.dialects().withManager(wanted))
                                                .withDialectPorts(
                                                        List.of(
                                                                new DialectPort(
                                                                        "manager",
                                                                        "127.0.0.1",
                                                                        0)))),
                        agent),
                folder);
    }

    public static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public RunningServer server() {
        return server;
    }

    public Path folder() {
        return folder;
    }

    public Path keyFile() {
        return folder.resolve("home/.claude/analytics/.secret");
    }

    /// The port of the manager dialect.
    public int port() {
        return URI.create(server.server().urls().get(1)).getPort();
    }

    /// Connects to the port of the manager dialect.
    ///
    /// @param query starts with a question mark, or is empty
    public NativeClient connect(String query) {
        return NativeClient.connect(port(), "/ws" + query);
    }

    /// A client that is logged in.
    public NativeClient client() {
        return connect("?token=" + KEY);
    }

    /// Creates a session in the test's folder.
    public UUID session(NativeClient client, String optionsJson) {
        UUID id = UUID.randomUUID();
        client.send(create(id, optionsJson).toString());
        client.await(created(id), "session_created");
        return id;
    }

    public UUID session(NativeClient client) {
        return session(client, "{}");
    }

    public ObjectNode create(UUID id, String optionsJson) {
        try {
            ObjectNode options = (ObjectNode) Json.mapper().readTree(optionsJson);
            if (!options.has("working_directory")) {
                options.put("working_directory", folder.toString());
            }
            ObjectNode frame = Json.object().put("type", "create_session");
            frame.put("session_id", id.toString()).set("options", options);
            return frame;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static java.util.function.Predicate<JsonNode> created(UUID id) {
        return f -> is(f, "session_created") && id.toString().equals(f.path("session_id").asText());
    }

    public static boolean is(JsonNode frame, String type) {
        return type.equals(frame.path("type").asText());
    }

    public static void prompt(NativeClient client, UUID session, String text) {
        client.send(
                Json.object()
                        .put("type", "send_prompt")
                        .put("session_id", session.toString())
                        .put("prompt", text)
                        .toString());
    }

    @Override
    public void close() {
        server.close();
    }
}
