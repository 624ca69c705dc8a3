package dev.oriel.packaging;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Starts both programs once as a person would, so that the JVM's AOT cache knows what a start
/// needs: the server answers the demo agent's conversation, the window shows it and streams
/// another.
///
/// The window needs a display; where there is none its cache is left out, aloud.
final class Training {
    private static final int PATIENCE_SECONDS = 300;

    private final Path work;
    private final Desktop desktop;
    private final Launcher window;
    private final Launcher server;

    Training(Path work, Desktop desktop, Launcher window, Launcher server) {
        this.work = work;
        this.desktop = desktop;
        this.window = window;
        this.server = server;
    }

    void run() throws IOException, InterruptedException {
        Path folder = Places.fresh(work.resolve("training"));
        try (HttpClient http = HttpClient.newHttpClient()) {
            String session = server(folder, http);
            if (desktop != Desktop.LINUX || System.getenv("DISPLAY") != null) {
                window(folder, http, session);
            } else {
                System.err.println(
                        "No display: the window's AOT cache is left out, it starts slower.");
            }
        }
        Places.delete(folder);
    }

    private String server(Path folder, HttpClient http) throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        int port = freePort();
        Path recording = folder.resolve("oriel-server.aotconf");
        Path log = folder.resolve("server.log");
        Process process =
                server.record(
                        recording,
                        log,
                        List.of(),
                        List.of("serve", "--agent=demo", "--port=" + port, "--data=" + data));
        try {
            var talk = reach(http, port, data, process, log);
            String session = talk.newSession();
            talk.ask(session, "Show me several tools and a table");
            talk.look(session);
            end(process, log);
            server.assemble(recording);
            server.tryCache();
            return session;
        } finally {
            process.destroyForcibly();
        }
    }

    private void window(Path folder, HttpClient http, String session)
            throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        // It opens with the session that was open last, and draws it.
        Path state = Files.createDirectories(data.resolve("state"));
        Files.writeString(state.resolve("window.json"), "{\"session\":\"" + session + "\"}");
        int port = freePort();
        Path recording = folder.resolve("oriel.aotconf");
        Path log = folder.resolve("window.log");
        Process process =
                window.record(
                        recording,
                        log,
                        List.of(
                                "-Doriel.data=" + data,
                                "-Doriel.port=" + port,
                                "-Doriel.agent=demo"),
                        List.of());
        try {
            var talk = reach(http, port, data, process, log);
            talk.ask(session, "Read a file, think, and show a long answer");
            process.waitFor(2, TimeUnit.SECONDS); // what was said last is drawn
            end(process, log);
            window.assemble(recording);
            window.tryCache();
        } finally {
            process.destroyForcibly();
        }
    }

    private static Conversation reach(
            HttpClient http, int port, Path data, Process process, Path log)
            throws IOException, InterruptedException {
        String server = "http://127.0.0.1:" + port;
        var health = HttpRequest.newBuilder(URI.create(server + "/health")).build();
        for (int i = 0; i < PATIENCE_SECONDS * 10 && process.isAlive(); i++) {
            try {
                if (http.send(health, BodyHandlers.discarding()).statusCode() == 200) {
                    String token = Files.readString(data.resolve("token")).strip();
                    return new Conversation(http, server, token);
                }
            } catch (ConnectException e) {
                process.waitFor(100, TimeUnit.MILLISECONDS); // not yet
            }
        }
        throw new IOException("It does not listen:\n" + Files.readString(log));
    }

    private static void end(Process process, Path log) throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("It does not end:\n" + Files.readString(log));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
