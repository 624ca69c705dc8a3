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

/// Starts both programs once as a user would and creates the JVM's AOT caches from these starts:
/// the server runs a conversation with the demo agent and one with the agent on the Messages API;
/// the window shows the first and streams another answer.
///
/// The window needs a display. Without one, no cache is created for it and a message says so.
final class AotTraining {
    private static final int PATIENCE_SECONDS = 300;

    private final Path work;
    private final TargetSystem system;
    private final ProgramLauncher window;
    private final ProgramLauncher server;

    AotTraining(Path work, TargetSystem system, ProgramLauncher window, ProgramLauncher server) {
        this.work = work;
        this.system = system;
        this.window = window;
        this.server = server;
    }

    void run() throws IOException, InterruptedException {
        Path folder = BuildFolders.createEmpty(work.resolve("training"));
        try (HttpClient http = HttpClient.newHttpClient();
                TrainingApi api = TrainingApi.start()) {
            String session = trainServer(folder, http, api);
            if (system != TargetSystem.LINUX || System.getenv("DISPLAY") != null) {
                trainWindow(folder, http, session, api);
            } else {
                System.err.println("No display: no AOT cache for the window, so it starts slower.");
            }
        }
        BuildFolders.delete(folder);
    }

    private String trainServer(Path folder, HttpClient http, TrainingApi api)
            throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        int port = freePort();
        Path recording = folder.resolve("oriel-server.aotconf");
        Path log = folder.resolve("server.log");
        Process process =
                server.startRecording(
                        recording,
                        log,
                        api.environment(),
                        List.of(),
                        List.of("serve", "--agent=demo", "--port=" + port, "--data=" + data));
        try {
            var conversation = awaitServer(http, port, data, process, log);
            String session = conversation.createSession("demo", folder);
            conversation.sendPrompt(session, "Show me several tools and a table");
            conversation.readAll(session);
            trainApi(conversation, folder);
            stop(process, log);
            server.createCache(recording);
            server.checkCache();
            return session;
        } finally {
            process.destroyForcibly();
        }
    }

    private void trainWindow(Path folder, HttpClient http, String session, TrainingApi api)
            throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        // The window opens the session that was open last.
        Path state = Files.createDirectories(data.resolve("state"));
        Files.writeString(state.resolve("window.json"), "{\"session\":\"" + session + "\"}");
        int port = freePort();
        Path recording = folder.resolve("oriel.aotconf");
        Path log = folder.resolve("window.log");
        Process process =
                window.startRecording(
                        recording,
                        log,
                        api.environment(),
                        List.of(
                                "-Doriel.data=" + data,
                                "-Doriel.port=" + port,
                                "-Doriel.agent=demo"),
                        List.of());
        try {
            var conversation = awaitServer(http, port, data, process, log);
            conversation.sendPrompt(session, "Read a file, think, and show a long answer");
            trainApi(conversation, folder);
            process.waitFor(2, TimeUnit.SECONDS); // until the end of the answer is drawn
            stop(process, log);
            window.createCache(recording);
            window.checkCache();
        } finally {
            process.destroyForcibly();
        }
    }

    /// Two turns: the second one is for what only a later turn does.
    private static void trainApi(TrainingConversation conversation, Path folder)
            throws IOException, InterruptedException {
        String session = conversation.createSession("api", folder);
        conversation.sendPrompt(session, "Which documents are there?");
        conversation.sendPrompt(session, "And what is in them?");
    }

    private static TrainingConversation awaitServer(
            HttpClient http, int port, Path data, Process process, Path log)
            throws IOException, InterruptedException {
        String server = "http://127.0.0.1:" + port;
        var health = HttpRequest.newBuilder(URI.create(server + "/health")).build();
        for (int i = 0; i < PATIENCE_SECONDS * 10 && process.isAlive(); i++) {
            try {
                if (http.send(health, BodyHandlers.discarding()).statusCode() == 200) {
                    String token = Files.readString(data.resolve("token")).strip();
                    return new TrainingConversation(http, server, token);
                }
            } catch (ConnectException e) {
                process.waitFor(100, TimeUnit.MILLISECONDS); // does not listen yet
            }
        }
        throw new IOException("The program does not listen:\n" + Files.readString(log));
    }

    private static void stop(Process process, Path log) throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("The program does not end:\n" + Files.readString(log));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
