package dev.oriel.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.journal.SessionRecord;
import dev.oriel.journal.sqlite.SqliteJournal;
import dev.oriel.message.Json;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.server.OrielProcess;
import dev.oriel.testing.server.StoredSession;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A server with an ASCII locale, such as one that an init script starts: a folder with other
/// letters fails its own session only. And one whose locale has digits of its own.
@Timeout(120)
class LocaleJourneyTest {
    private static final String FOLDER = "/srv/Gr\u00fc\u00dfe \u65e5\u672c";

    @TempDir Path folder;
    private final UUID sound = UUID.randomUUID();
    private final UUID unnameable = UUID.randomUUID();
    private final HttpClient http = HttpClient.newHttpClient();
    private String token = "";
    private int port;

    @BeforeEach
    void fill() throws Exception {
        assumeTrue(OrielProcess.isBuilt(), "skipped: the jar is not built");
        assumeTrue(Files.exists(Path.of("/proc/self")), "skipped: file names are not bytes here");
        try (SqliteJournal journal = SqliteJournal.open(folder.resolve("data/oriel.db"))) {
            journal.save(session(sound, folder.toRealPath().toString(), 1));
            journal.save(session(unnameable, FOLDER, 2));
        }
    }

    private static SessionRecord session(UUID id, String cwd, long recency) {
        return StoredSession.of(id).title("in " + cwd).cwd(cwd).recency(recency).record();
    }

    private HttpResponse<String> call(String method, String path, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Authorization", "Bearer " + token)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private NativeClient subscribe(UUID session) {
        return NativeClient.connect(
                port,
                "/v1/sessions/ws/" + session + "/subscribe?after=0",
                "Authorization: Bearer " + token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar-EG", "fa-IR", "tr-TR"})
    void digitsAndLettersOfTheLocaleStayOutOfWhatProgramsRead(String locale) throws Exception {
        String[] names = locale.split("-");
        String options = "-Duser.language=" + names[0] + " -Duser.country=" + names[1];
        try (OrielProcess server =
                OrielProcess.start(
                        Map.of("JAVA_TOOL_OPTIONS", options),
                        "serve",
                        "--agent",
                        "demo",
                        "--port",
                        "0",
                        "--data",
                        folder.resolve("data").toString())) {
            port = server.port();
            token = Files.readString(folder.resolve("data/token")).strip();
            assertThat(call("GET", "/v1/sessions", "").body()).contains(sound.toString());
            try (NativeClient client = subscribe(sound)) {
                client.awaitState("idle");
                client.sendPrompt("run a command");
                client.await("control_request");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX"})
    void aFolderThatTheLocaleCannotEncodeFailsItsSessionOnly(String locale) throws Exception {
        try (OrielProcess server =
                OrielProcess.start(
                        Map.of("LANG", locale, "LC_ALL", locale, "LC_CTYPE", locale),
                        "serve",
                        "--agent",
                        "demo",
                        "--port",
                        "0",
                        "--data",
                        folder.resolve("data").toString())) {
            port = server.port();
            token = Files.readString(folder.resolve("data/token")).strip();
            assertThat(server.property("sun.jnu.encoding")).isEqualTo("ANSI_X3.4-1968");
            JsonNode sessions =
                    Json.mapper().readTree(call("GET", "/v1/sessions", "").body()).path("sessions");
            assertThat(sessions)
                    .extracting(s -> s.path("cwd").asText())
                    .containsExactly(FOLDER, folder.toRealPath().toString());
            try (NativeClient client = subscribe(unnameable)) {
                client.awaitState("idle");
                client.sendPrompt("hello");
                JsonNode failed = client.awaitState("failed");
                assertThat(failed.path("error").asText()).contains("locale", "UTF-8");
                assertThat(failed.path("cwd").asText()).isEqualTo(FOLDER);
            }
            try (NativeClient client = subscribe(sound)) {
                client.awaitState("idle");
                client.sendPrompt("Gr\u00fc\u00dfe");
                client.await("stream_event");
            }
            HttpResponse<String> refused =
                    call("POST", "/v1/sessions", "{\"cwd\":\"" + FOLDER + "\"}");
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("bad_request", "cwd");
        }
    }
}
