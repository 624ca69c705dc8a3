package dev.oriel.dialect.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Json;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.server.RunningServer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `GET /v1/sessions/{id}/files` and `GET /v1/files`: what they list, and to whom.
class FileRouteSocketTest {
    @TempDir Path folder;
    private RunningServer server;
    private Path project;
    private String session;

    @BeforeEach
    void start() throws Exception {
        server = RunningServer.in(folder, new ScriptedProvider());
        project = Files.createDirectories(folder.resolve("project/src"));
        Files.createFile(project.resolve("Main.java"));
        Files.writeString(folder.resolve("secret.txt"), "secret");
        project = project.getParent();
        session =
                Json.mapper()
                        .readTree(
                                server.call(
                                                "POST",
                                                "/v1/sessions",
                                                Json.object().put("cwd", project.toString()))
                                        .body())
                        .path("id")
                        .asText();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode get(String path, int status) throws Exception {
        HttpResponse<String> reply = server.call("GET", path, null);
        assertThat(reply.statusCode()).isEqualTo(status);
        return Json.mapper().readTree(reply.body());
    }

    /// Asks until the folder has been listed.
    private List<String> paths(String path) throws Exception {
        JsonNode reply = get(path, 200);
        while (reply.path("indexing").asBoolean()) {
            reply = get(path, 200);
        }
        return reply.path("files").findValuesAsText("path");
    }

    @Test
    void listsTheFilesOfTheSessionsFolderAndNoOthers() throws Exception {
        assertThat(paths("/v1/sessions/" + session + "/files"))
                .containsExactly("src/", "src/Main.java");
        assertThat(paths("/v1/sessions/" + session + "/files?q=main"))
                .containsExactly("src/Main.java");
        assertThat(paths("/v1/sessions/" + session + "/files?q=secret")).isEmpty();
        assertThat(paths("/v1/sessions/" + session + "/files?q=../")).isEmpty();
        assertThat(paths("/v1/sessions/" + session + "/files?limit=1")).containsExactly("src/");
    }

    @Test
    void listsAFolderInWhichASessionCanBegin() throws Exception {
        String cwd = URLEncoder.encode(project.toString(), StandardCharsets.UTF_8);
        assertThat(paths("/v1/files?cwd=" + cwd + "&q=java")).containsExactly("src/Main.java");
        get("/v1/files?cwd=relative", 400);
        get("/v1/files?cwd=%00", 400);
        get("/v1/files?cwd=/no/such/folder", 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=x", "limit=-1", "limit=99999999999"})
    void aLimitThatIsNoNumberIsRefused(String parameter) throws Exception {
        get("/v1/sessions/" + session + "/files?" + parameter, 400);
    }

    @Test
    void aLongQueryIsRefused() throws Exception {
        get("/v1/sessions/" + session + "/files?q=" + "a".repeat(1_001), 400);
    }

    @Test
    void anUnknownSessionHasNoFiles() throws Exception {
        get("/v1/sessions/" + UUID.randomUUID() + "/files", 404);
        get("/v1/sessions/none/files", 404);
        assertThat(
                        server.call("POST", "/v1/sessions/" + session + "/files", Json.object())
                                .statusCode())
                .isEqualTo(405);
    }

    @Test
    void aSessionWhoseFolderWasDeletedSaysSo() throws Exception {
        Files.delete(project.resolve("src/Main.java"));
        Files.delete(project.resolve("src"));
        Files.delete(project);
        assertThat(get("/v1/sessions/" + session + "/files", 400).at("/error/code").asText())
                .isEqualTo("bad_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/sessions/%s/files", "/v1/files?cwd=/"})
    void nobodyReadsThemWithoutTheToken(String path) throws Exception {
        HttpResponse<String> reply =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(
                                                URI.create(
                                                        "http://127.0.0.1:"
                                                                + server.port()
                                                                + path.formatted(session)))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
        assertThat(reply.statusCode()).isEqualTo(401);
        assertThat(reply.body()).doesNotContain("Main.java");
    }
}
