package dev.oriel.agent.cli.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentUnavailableException;
import dev.oriel.agent.McpRegistry;
import dev.oriel.message.Graphemes;
import dev.oriel.message.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Adds MCP servers with `claude mcp add-json SCOPE NAME -` in the session's folder.
///
/// The server is written to standard input, because its keys could be read on a command line. No
/// argument passes a shell. CLIs before 2.1.3 do not read standard input, and refuse.
public final class CliMcpRegistry implements McpRegistry {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_CHARACTERS = 300;

    /// Shorter values are no keys, and hiding them would make a text unreadable.
    private static final int SHORTEST_SECRET = 4;

    private final CliSettings settings;
    private final HostMachine machine;
    private final Duration patience;

    public CliMcpRegistry(CliSettings settings, HostMachine machine) {
        this(settings, machine, PATIENCE);
    }

    /// @param patience how long the CLI may take
    CliMcpRegistry(CliSettings settings, HostMachine machine, Duration patience) {
        this.settings = settings;
        this.machine = machine;
        this.patience = patience;
    }

    @Override
    public void add(Path folder, Scope scope, String name, ObjectNode server)
            throws AgentUnavailableException {
        Path executable =
                CliFinder.find(settings, machine)
                        .orElseThrow(() ->
                                new AgentUnavailableException("The claude CLI was not found."));
        if (!Files.isDirectory(folder)) {
            throw new AgentUnavailableException("The session's folder is not there any more.");
        }
        ProcessBuilder builder =
                new ProcessBuilder(
                                List.of(
                                        executable.toString(),
                                        "mcp",
                                        "add-json",
                                        "--scope",
                                        scope.wireName(),
                                        "--",
                                        name,
                                        "-"))
                        .directory(folder.toFile())
                        .redirectErrorStream(true);
        ShortProcess ended =
                run(builder, CliEnvironment.of(machine, settings, executable), Json.encode(server));
        if (ended.code() != 0) {
            throw new AgentUnavailableException(
                    "The claude CLI did not add it: " + reason(ended.out(), folder, server));
        }
    }

    private ShortProcess run(ProcessBuilder builder, Map<String, String> environment, byte[] input)
            throws AgentUnavailableException {
        try {
            return ShortProcess.run(builder, environment, input, patience)
                    .orElseThrow(() ->
                            new AgentUnavailableException(
                                    "The claude CLI did not add it in time."));
        } catch (IOException e) {
            throw new AgentUnavailableException("The claude CLI cannot be started.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AgentUnavailableException("It was interrupted.", e);
        }
    }

    /// The last line that the CLI has printed, without paths of this machine and without values
    /// that can be secrets.
    private String reason(String said, Path folder, ObjectNode server) {
        String clean = said;
        for (String secret : secrets(server)) {
            clean = clean.replace(secret, "(hidden)");
        }
        for (Path path : List.of(folder, machine.home())) {
            clean = clean.replace(path.toString(), "…");
        }
        String line = clean.strip().lines().reduce("it gave no reason.", (_, last) -> last).strip();
        return Graphemes.truncate(line, MOST_CHARACTERS);
    }

    /// The values of variables and headers, and what can contain a key: arguments and the address.
    private static List<String> secrets(ObjectNode server) {
        List<JsonNode> values = new ArrayList<>();
        for (String member : List.of("env", "headers", "args")) {
            server.path(member).forEach(values::add);
        }
        values.add(server.path("url"));
        List<String> secrets = new ArrayList<>();
        for (JsonNode value : values) {
            String encoded = value.toString();
            secrets.add(value.asText());
            secrets.add(value.isTextual() ? encoded.substring(1, encoded.length() - 1) : "");
        }
        secrets.removeIf(value -> value.length() < SHORTEST_SECRET);
        // One can be part of another.
        secrets.sort(Comparator.comparingInt(String::length).reversed());
        return secrets;
    }
}
