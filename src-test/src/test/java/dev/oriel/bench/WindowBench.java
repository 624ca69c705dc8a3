package dev.oriel.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.journal.Journal;
import dev.oriel.journal.SessionRecord;
import dev.oriel.journal.sqlite.SqliteJournal;
import dev.oriel.message.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Measures the whole window with its own server on `$DISPLAY`: start time, CPU use while idle,
/// memory. `BENCHMARKS.md` has the command.
public final class WindowBench {
    private static final PrintStream OUT = System.out;
    private static final int LONG = 50_000;
    private static final int REST_SECONDS = 30;
    private static final int STARTS = 5;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> options;

    private WindowBench(List<String> options) {
        this.options = options;
    }

    /// @param args options of the window's JVM; those of `app/pom.xml` if there are none
    public static void main(String[] args) throws Exception {
        List<String> options =
                args.length > 0
                        ? List.of(args)
                        : List.of(System.getProperty("oriel.window.options", "").split(" "));
        new WindowBench(options.stream().filter(o -> !o.isEmpty()).toList()).run();
    }

    private void run() throws Exception {
        OUT.println("options of the window: " + options);
        starts();
        Path folder = Files.createTempDirectory("oriel-window");
        try {
            longSession(folder);
        } finally {
            remove(folder);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void longSession(Path folder) throws Exception {
        rest(folder);
        long messages = fill(folder);
        try (WindowProcess window = open(folder)) {
            // The window opens the session that was open last.
            window.await(() -> window.millis() > 20_000);
            OUT.printf(
                    Locale.ROOT,
                    "RSS with %,d messages open: %d MiB%n",
                    messages,
                    window.residentMiB());
            OUT.printf(
                    Locale.ROOT,
                    "CPU at rest with them: %.2f %%%n",
                    window.cpuPercent(REST_SECONDS));
        }
    }

    private void starts() throws Exception {
        List<Long> bare = new ArrayList<>();
        List<Long> oriel = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            try (WindowProcess window =
                    WindowProcess.start(BareWindow.class.getName(), BareWindow.TITLE, options)) {
                bare.add(window.shownMillis());
            }
            Path folder = Files.createTempDirectory("oriel-window");
            try (WindowProcess window = open(folder)) {
                oriel.add(window.millis());
            } finally {
                remove(folder);
            }
        }
        OUT.printf(
                Locale.ROOT,
                "start to a bare JavaFX window: %d ms, median of %s%n",
                median(bare),
                bare);
        OUT.printf(
                Locale.ROOT,
                "start to a window that is live: %d ms, median of %s%n",
                median(oriel),
                oriel);
    }

    private static long median(List<Long> all) {
        return all.stream().sorted().skip(all.size() / 2).findFirst().orElseThrow();
    }

    private void rest(Path folder) throws Exception {
        try (WindowProcess window = open(folder)) {
            TimeUnit.SECONDS.sleep(10);
            OUT.printf(Locale.ROOT, "RSS after the start: %d MiB%n", window.residentMiB());
            OUT.printf(
                    Locale.ROOT,
                    "CPU at rest before a reply: %.2f %%%n",
                    window.cpuPercent(REST_SECONDS));
            window.type("hello");
            window.await(() -> answered(folder));
            TimeUnit.SECONDS.sleep(10);
            OUT.printf(Locale.ROOT, "RSS after a reply: %d MiB%n", window.residentMiB());
            OUT.printf(
                    Locale.ROOT,
                    "CPU at rest after a reply: %.2f %%%n",
                    window.cpuPercent(REST_SECONDS));
        }
    }

    /// Fills the only session with a long conversation.
    private static long fill(Path folder) throws Exception {
        try (Journal journal = SqliteJournal.open(folder.resolve("oriel.db"))) {
            SessionRecord session = journal.sessions().getFirst();
            UUID id = session.id();
            long first = session.lastSeq() + 1;
            LongConversation talk = new LongConversation(LONG + session.lastSeq(), 600);
            for (long from = first; from < first + LONG; from += 500) {
                journal.append(id, from, talk.page(from, Math.min(from + 499, talk.length())));
            }
            return journal.findSession(id).orElseThrow().lastSeq();
        }
    }

    private int port;

    private WindowProcess open(Path folder) throws IOException, InterruptedException {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        List<String> all = new ArrayList<>(options);
        all.addAll(
                List.of(
                        "-Dprism.order=sw",
                        "-Doriel.data=" + folder,
                        "-Doriel.port=" + port,
                        "-Doriel.agent=demo"));
        WindowProcess window = WindowProcess.start("dev.oriel.app.Launcher", "Oriel", all);
        window.shownMillis();
        // Two connections: the feed, and this request.
        window.await(() -> get(folder, "/health").path("connections").asInt() >= 2);
        return window;
    }

    private boolean answered(Path folder) throws IOException, InterruptedException {
        JsonNode session = get(folder, "/v1/sessions").path("sessions").path(0);
        return session.path("state").asText().equals("idle")
                && session.path("last_seq").asLong() > 2;
    }

    private JsonNode get(Path folder, String path) throws IOException, InterruptedException {
        Path token = folder.resolve("token");
        if (!Files.exists(token)) {
            return Json.object();
        }
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Authorization", "Bearer " + Files.readString(token).strip())
                        .build();
        try {
            return Json.mapper()
                    .readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException _) {
            // The server does not listen yet.
            return Json.object();
        }
    }
}
