package dev.oriel.agent.cli.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentUnavailableException;
import dev.oriel.agent.McpRegistry;
import dev.oriel.message.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Adds MCP servers with `claude mcp add-json SCOPE NAME -` in the session's folder.
///
/// The server is written to standard input, because its keys could be read on a command line. No
/// argument passes a shell. CLIs before 2.1.3 do not read standard input, and refuse.
public final class CliMcpRegistry implements McpRegistry {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_BYTES = 8 * 1024;
    private static final int MOST_CHARACTERS = 300;

    private final CliSettings settings;
    private final HostMachine machine;

    public CliMcpRegistry(CliSettings settings, HostMachine machine) {
        this.settings = settings;
        this.machine = machine;
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
        builder.environment().clear();
        builder.environment().putAll(CliEnvironment.of(machine, settings, executable));
        String said = run(builder, Json.encode(server));
        if (!said.isEmpty()) {
            throw new AgentUnavailableException(
                    "The claude CLI did not add it: " + shortened(said, folder, server));
        }
    }

    /// @return what the process has printed if it failed; empty if it was successful
    private static String run(ProcessBuilder builder, byte[] input)
            throws AgentUnavailableException {
        try {
            Process process = builder.start();
            try {
                CompletableFuture<String> out = new CompletableFuture<>();
                Thread.ofVirtual().start(() -> out.complete(head(process.getInputStream())));
                try (OutputStream in = process.getOutputStream()) {
                    in.write(input);
                }
                if (!process.waitFor(PATIENCE)) {
                    return "it did not finish in time.";
                }
                String said = out.completeOnTimeout("", 1, TimeUnit.SECONDS).join().strip();
                return process.exitValue() == 0 ? "" : said.isEmpty() ? "it gave no reason." : said;
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new AgentUnavailableException("The claude CLI cannot be started.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AgentUnavailableException("It was interrupted.", e);
        }
    }

    private static String head(InputStream in) {
        try (in) {
            String head = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            in.transferTo(OutputStream.nullOutputStream());
            return head;
        } catch (IOException e) {
            return "";
        }
    }

    /// The last line, without paths of this machine and without values that can be secrets.
    private String shortened(String said, Path folder, ObjectNode server) {
        String line = said.lines().reduce("", (_, last) -> last).strip();
        for (Path path : List.of(folder, machine.home())) {
            line = line.replace(path.toString(), "…");
        }
        for (String secrets : List.of("env", "headers")) {
            for (Map.Entry<String, JsonNode> each : server.path(secrets).properties()) {
                if (!each.getValue().asText().isEmpty()) {
                    line = line.replace(each.getValue().asText(), "(hidden)");
                }
            }
        }
        return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS) + "…";
    }
}
