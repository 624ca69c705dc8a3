package dev.oriel.agent.api.mcp;

import dev.oriel.account.Redaction;
import dev.oriel.agent.api.tool.shell.ShellEnvironment;
import dev.oriel.message.Json;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/// Talks to an MCP server over the standard input and output of a program that it starts. The
/// program gets the user's environment without keys of models. What it writes to standard error is
/// passed on, with what looks like a key removed.
///
/// **Life cycle.** [#start()] starts the program; [#close()] ends it with everything that it has
/// started, and blocks for up to two seconds.
final class StdioMcpTransport implements McpClientTransport {
    private static final int LONGEST_LINE = 32 << 20;
    private static final int LONGEST_STDERR_LINE = 2_000;
    private static final long GRACE_MILLIS = 1_000;

    private final McpServerConfig.Stdio server;
    private final Path folder;
    private final Consumer<String> onStderr;
    private final Runnable onExit;
    private final Object writing = new Object();
    private volatile @Nullable Process process;

    /// @param folder the working directory
    /// @param onStderr receives lines, on a thread of this object
    /// @param onExit called once when the program has ended, on a thread of this object
    StdioMcpTransport(
            McpServerConfig.Stdio server, Path folder, Consumer<String> onStderr, Runnable onExit) {
        this.server = server;
        this.folder = folder;
        this.onStderr = onStderr;
        this.onExit = onExit;
    }

    /// Starts the program. To be called once, before the library connects.
    ///
    /// @throws IOException if it cannot be started; the message is for the user
    void start() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(server.command());
        command.addAll(server.args());
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(ShellEnvironment.of(System.getenv(), true));
        environment.putAll(server.env());
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new IOException(
                    "The program “%s” cannot be started.".formatted(server.command()), e);
        }
    }

    @Override
    public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
        return Mono.fromRunnable(() -> {
            Process started = process;
            if (started != null) {
                read(started, handler);
            }
        });
    }

    private void read(
            Process started, Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
        Thread errors =
                Thread.ofVirtual()
                        .name("mcp-stderr")
                        .start(() ->
                                lines(started.getErrorStream(), LONGEST_STDERR_LINE, this::stderr));
        Thread.ofVirtual()
                .name("mcp-stdout")
                .start(() -> {
                    lines(started.getInputStream(), LONGEST_LINE, line -> receive(line, handler));
                    try {
                        // Its last words are the reason.
                        errors.join(Duration.ofMillis(GRACE_MILLIS));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    onExit.run();
                });
    }

    private void stderr(byte[] line) {
        onStderr.accept(Redaction.redact(new String(line, StandardCharsets.UTF_8)));
    }

    private void receive(
            byte[] line, Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
        String text = new String(line, StandardCharsets.UTF_8);
        JSONRPCMessage message;
        try {
            message =
                    McpSchema.deserializeJsonRpcMessage(
                            new JacksonMcpJsonMapper(Json.mapper()), text);
        } catch (IOException | IllegalArgumentException _) {
            // Some programs write other text there, for example a greeting. But a message that is
            // lost could be the reply to a request, which would wait for ever.
            if (text.contains("\"jsonrpc\"")) {
                onStderr.accept("The server has sent a message that cannot be read.");
                end();
            }
            return;
        }
        handler.apply(Mono.just(message)).onErrorComplete().subscribe();
    }

    private void end() {
        Process running = process;
        if (running != null) {
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            running.destroyForcibly();
        }
    }

    /// Passes on lines until the end. What of a line is longer than the limit is dropped.
    private static void lines(InputStream stream, int longest, Consumer<byte[]> each) {
        try (InputStream in = new BufferedInputStream(stream, 64 * 1024)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            int c;
            while ((c = in.read()) >= 0) {
                if (c != '\n') {
                    if (line.size() < longest) {
                        line.write(c);
                    }
                } else if (line.size() > 0) {
                    each.accept(line.toByteArray());
                    line.reset();
                }
            }
        } catch (IOException _) {
            // The pipe of a program that has ended.
        }
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        return Mono.fromRunnable(() -> {
            Process to = process;
            if (to == null) {
                throw new IllegalStateException("The program does not run.");
            }
            byte[] json = Json.encode(Json.mapper().valueToTree(message));
            synchronized (writing) {
                try {
                    OutputStream out = to.getOutputStream();
                    out.write(json);
                    out.write('\n');
                    out.flush();
                } catch (IOException e) {
                    throw new IllegalStateException("The program has ended.", e);
                }
            }
        });
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return Json.mapper()
                .convertValue(data, Json.mapper().getTypeFactory().constructType(type.getType()));
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.fromRunnable(this::close);
    }

    /// The end of its input tells a program to end.
    @Override
    public void close() {
        Process running = process;
        if (running == null) {
            return;
        }
        List<ProcessHandle> children = running.descendants().toList();
        try {
            running.getOutputStream().close();
        } catch (IOException _) {
            // It has ended.
        }
        if (!hasEnded(running)) {
            running.destroy();
            if (!hasEnded(running)) {
                running.destroyForcibly();
            }
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private static boolean hasEnded(Process process) {
        try {
            return process.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
