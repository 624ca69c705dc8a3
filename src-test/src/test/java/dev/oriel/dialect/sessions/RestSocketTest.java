package dev.oriel.dialect.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.session.api.SessionPolicy;
import dev.oriel.testing.agent.ScriptedAgent;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.server.RunningServer;
import dev.oriel.testing.server.ServerSetUp;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every REST route and each of its errors.
class RestSocketTest {
    private static final String UNKNOWN_SESSION =
            "/v1/sessions/7b0c8dd2-6a5e-4b7e-9b0d-0d5e8f1f2a3b";

    @TempDir Path folder;
    private final ScriptedProvider provider = new ScriptedProvider();
    private RunningServer server;

    @BeforeEach
    void start() {
        server = RunningServer.in(folder, provider);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void createsASessionWithAllOptions() throws Exception {
        UUID resumed = UUID.randomUUID();
        var reply =
                server.call(
                        "POST",
                        "/v1/sessions",
                        Json.object()
                                .put("cwd", folder.toString())
                                .put("title", "Grüße")
                                .put("agent", "cli")
                                .put("model", "haiku")
                                .put("permission_mode", "plan")
                                .put("effort", "high")
                                .put("resume", resumed.toString()));
        assertThat(reply.statusCode()).isEqualTo(201);
        JsonNode created = json(reply);
        UUID id = UUID.fromString(created.path("id").asText());
        Instant createdAt = Instant.parse(created.path("created_at").asText());
        assertThat(created)
                .isEqualTo(
                        Json.object()
                                .put("id", id.toString())
                                .put("title", "Grüße")
                                .put("cwd", folder.toString())
                                .put("agent", "cli")
                                .put("state", "idle")
                                .put("model", "haiku")
                                .put("permission_mode", "plan")
                                .put("effort", "high")
                                .put("pinned", false)
                                .put("archived", false)
                                .put("created_at", createdAt.toString())
                                .put("updated_at", createdAt.toString())
                                .put("recency", 1)
                                .put("last_seq", 0)
                                .put("cost_usd", 0.0));
        assertThat(server.session(id)).isEqualTo(created);
        assertThat(json(server.call("GET", "/v1/sessions", null)).path("sessions"))
                .containsExactly(created);
        try (NativeClient client = server.subscribe(id, 0L)) {
            client.sendPrompt("hello");
            assertThat(provider.awaitAgent(0, 1).launch().conversation().id()).isEqualTo(resumed);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'scope':'all','name':'n','server':{'command':'x'}}       | scope must be",
                "{'scope':'user','name':'-n','server':{'command':'x'}}     | name must be",
                "{'scope':'user','name':'a/b','server':{'command':'x'}}    | name must be",
                "{'scope':'user','name':'n','server':{'type':'sdk'}}       | server must have",
                "{'scope':'user','name':'n','server':{'type':'http','url':'file:///x'}} | server"
                        + " must",
                "{'scope':'user','name':'n','server':{'command':'x','cwd':'/'}} | server must have",
                "{'scope':'user','name':'n','server':'x'}                  | server must have",
                "{'scope':'user','name':'n','server':{'command':'x'}}      | This kind of agent",
            })
    void anMcpServerIsAddedOnlyInAKnownShape(String body, String error) throws Exception {
        UUID id =
                UUID.fromString(
                        json(server.call("POST", "/v1/sessions", Json.object()))
                                .path("id")
                                .asText());
        var reply =
                server.call(
                        "POST",
                        "/v1/sessions/" + id + "/mcp",
                        Json.parseObject(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(json(reply).at("/error/message").asText()).startsWith(error);
        assertThat(server.call("GET", "/v1/sessions/" + id + "/mcp", null).statusCode())
                .isEqualTo(405);
        assertThat(server.call("POST", UNKNOWN_SESSION + "/mcp", Json.object()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void createsASessionInTheHomeFolderByDefault() throws Exception {
        JsonNode created = json(server.call("POST", "/v1/sessions", null));
        assertThat(created.path("cwd").asText()).isEqualTo(System.getProperty("user.home"));
        assertThat(created.has("title")).isFalse();
        assertThat(created.has("model")).isFalse();
        assertThat(created.has("error")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"cwd\":\"/no/such/folder\"}|cwd",
                "{\"cwd\":\"relative\"}|cwd",
                "{\"cwd\":\"\\u0000\"}|cwd",
                "{\"cwd\":7}|cwd",
                "{\"cwd\":\" \"}|cwd",
                "{\"title\":\"\"}|title",
                "{\"title\":{}}|title",
                "{\"agent\":\"robot\"}|agent",
                "{\"model\":7}|model",
                "{\"permission_mode\":\"yolo\"}|permission_mode",
                "{\"permission_mode\":\"bypassPermissions\"}|bypassPermissions",
                "{\"resume\":\"x\"}|resume",
                "[]|object",
                "nonsense|JSON",
                "{\"cwd\":|JSON",
                "{} {}|JSON"
            })
    void rejectsInvalidSessionOptionsWithTheReason(String body, String reason) throws Exception {
        var reply = post(body);
        assertError(reply, 400, "bad_request");
        assertThat(json(reply).at("/error/message").asText()).contains(reason);
        assertThat(json(server.call("GET", "/v1/sessions", null)).path("sessions")).isEmpty();
    }

    @Test
    void changesTitlePinnedAndArchivedIndependently() throws Exception {
        UUID id = server.newSession();
        JsonNode before = server.session(id);
        assertThat(patch(id, "{\"title\":\"New\"}").path("title").asText()).isEqualTo("New");
        assertThat(patch(id, "{\"pinned\":true}").path("pinned").asBoolean()).isTrue();
        JsonNode now = patch(id, "{\"archived\":true}");
        assertThat(now)
                .isEqualTo(
                        ((ObjectNode) before.deepCopy())
                                .put("title", "New")
                                .put("pinned", true)
                                .put("archived", true));
        assertThat(patch(id, "{}")).isEqualTo(now);
        assertThat(patch(id, "{\"pinned\":false}").path("pinned").asBoolean()).isFalse();
    }

    @Test
    void acceptsATitleWithAnUnpairedSurrogate() throws Exception {
        UUID id = server.newSession();
        patch(id, "{\"title\":\"half \\ud83d\"}");
        assertThat(server.call("GET", "/v1/sessions", null).statusCode()).isEqualTo(200);
        assertThat(server.session(id).path("title").asText()).startsWith("half ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"title\":\"\"}",
                "{\"title\":7}",
                "{\"title\":null}",
                "{\"pinned\":\"yes\"}",
                "{\"archived\":null}",
                "[]",
                "x"
            })
    void rejectsInvalidChanges(String body) throws Exception {
        UUID id = server.newSession();
        var reply =
                server.send(
                        server.request("PATCH", "/v1/sessions/" + id, null)
                                .method("PATCH", HttpRequest.BodyPublishers.ofString(body))
                                .header("Authorization", bearer())
                                .build());
        assertError(reply, 400, "bad_request");
    }

    @Test
    void deletesASessionWithItsMessages() throws Exception {
        UUID id = createSessionWithMessages("remember the heliotrope", 3);
        assertThat(server.call("DELETE", "/v1/sessions/" + id, null).statusCode()).isEqualTo(204);
        for (String method : List.of("GET", "DELETE")) {
            assertError(server.call(method, "/v1/sessions/" + id, null), 404, "not_found");
        }
        assertError(server.call("GET", "/v1/sessions/" + id + "/messages", null), 404, "not_found");
        assertThat(json(server.call("GET", "/v1/sessions", null)).path("sessions")).isEmpty();
        assertThat(hits("heliotrope")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/v1/sessions",
        "POST,/v1/sessions",
        "GET,/v1/sessions/x",
        "PATCH,/v1/sessions/x",
        "DELETE,/v1/sessions/x",
        "GET,/v1/sessions/x/messages",
        "GET,/v1/search?q=x",
        "GET,/v1/agents",
        "GET,/v1/nothing",
        "GET,/metrics"
    })
    void everyRouteNeedsTheToken(String method, String path) throws Exception {
        for (String header : List.of("Bearer wrong", "Basic eDp5", "Bearer")) {
            var reply =
                    server.send(
                            server.request(method, path, null)
                                    .header("Authorization", header)
                                    .build());
            assertError(reply, 401, "unauthorized");
            assertThat(reply.headers().firstValue("www-authenticate")).hasValue("Bearer");
        }
        assertError(server.send(server.request(method, path, null).build()), 401, "unauthorized");
    }

    @ParameterizedTest
    @CsvSource({
        "GET," + UNKNOWN_SESSION,
        "PATCH," + UNKNOWN_SESSION,
        "DELETE," + UNKNOWN_SESSION,
        "GET," + UNKNOWN_SESSION + "/messages",
        "GET,/v1/sessions/not-a-uuid",
        "GET,/v1/sessions/not-a-uuid/messages",
        "GET,/v1/sessions/",
        "GET,/v1/sessions/a/b",
        "GET,/v1/sessions/a/messages/c",
        "GET,/v1/search/x",
        "GET,/v1/nothing"
    })
    void repliesNotFoundForUnknownPaths(String method, String path) throws Exception {
        assertError(server.call(method, path, null), 404, "not_found");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT,/v1/sessions,'GET, POST'",
        "DELETE,/v1/sessions,'GET, POST'",
        "POST," + UNKNOWN_SESSION + ",'GET, PATCH, DELETE'",
        "POST," + UNKNOWN_SESSION + "/messages,GET",
        "POST,/v1/search,GET",
        "DELETE,/v1/agents,GET",
        "POST,/health,GET",
        "POST,/metrics,GET"
    })
    void rejectsOtherMethodsAndListsTheAllowedOnes(String method, String path, String allowed)
            throws Exception {
        var reply = server.call(method, path, null);
        assertError(reply, 405, "bad_request");
        assertThat(reply.headers().firstValue("allow")).hasValue(allowed);
    }

    @Test
    void pagesMessagesForwards() throws Exception {
        UUID id = createSessionWithMessages("count", 250);
        List<Long> seqs = new ArrayList<>();
        long after = 0;
        JsonNode page;
        do {
            page = page(id, "after=" + after + "&limit=40");
            page.path("messages").forEach(m -> seqs.add(m.path("seq").asLong()));
            after = seqs.getLast();
        } while (page.path("more").asBoolean());
        assertThat(seqs).isEqualTo(range(1, 252));
        assertThat(page(id, "after=252").path("messages")).isEmpty();
        assertThat(page(id, "after=252").path("more").asBoolean()).isFalse();
        assertThat(page(id, "after=251").path("more").asBoolean()).isFalse();
    }

    @Test
    void pagesMessagesBackwardsFromTheEnd() throws Exception {
        UUID id = createSessionWithMessages("count", 250);
        List<Long> seqs = new ArrayList<>();
        JsonNode page = page(id, "limit=40");
        while (true) {
            List<Long> pageSeqs = new ArrayList<>();
            page.path("messages").forEach(m -> pageSeqs.add(m.path("seq").asLong()));
            assertThat(pageSeqs).isSorted();
            seqs.addAll(0, pageSeqs);
            if (!page.path("more").asBoolean()) {
                break;
            }
            page = page(id, "limit=40&before=" + pageSeqs.getFirst());
        }
        assertThat(seqs).isEqualTo(range(1, 252));
        assertThat(page(id, "").path("messages")).hasSize(100);
        assertThat(page(id, "before=1").path("messages")).isEmpty();
        assertThat(page(id, "limit=100000").path("messages")).hasSize(252);
        assertThat(page(id, "before=11&after=5").path("messages"))
                .extracting(m -> m.path("seq").asLong())
                .isEqualTo(range(6, 10));
        assertThat(page(id, "before=11&after=5").path("more").asBoolean()).isFalse();
        assertThat(page(id, "before=11&after=5&limit=2").path("more").asBoolean()).isTrue();
    }

    @Test
    void aPageContainsTheMessagesUnchanged() throws Exception {
        UUID id = server.newSession();
        String odd = "{ \"zz\" : [1,2.50, \"\\u00e9é\"],\"type\":\"novelty\" }";
        try (NativeClient client = server.subscribe(id, 0L)) {
            client.sendPrompt("hello");
            provider.awaitAgent(0, 1).emit(odd);
            client.await("novelty");
        }
        assertThat(server.call("GET", "/v1/sessions/" + id + "/messages", null).body())
                .contains("{\"seq\":2," + odd.substring(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=-1",
                "limit=x",
                "limit=",
                "after=-1",
                "after=x",
                "before=1.5",
                "before=99999999999999999999"
            })
    void rejectsInvalidPageParameters(String query) throws Exception {
        UUID id = server.newSession();
        assertError(
                server.call("GET", "/v1/sessions/" + id + "/messages?" + query, null),
                400,
                "bad_request");
    }

    @Test
    void findsMessages() throws Exception {
        UUID id = createSessionWithMessages("where does the heliotrope grow", 1);
        Awaitility.await().until(() -> hits("heliotrope").size() == 1);
        JsonNode hit = hits("heliotrope").get(0);
        assertThat(hit.path("session_id").asText()).isEqualTo(id.toString());
        assertThat(hit.path("seq").asLong()).isEqualTo(1);
        assertThat(hit.path("snippet").asText()).contains("\u2068heliotrope\u2069");
        assertThat(hits("nowhere-at-all")).isEmpty();
        assertThat(hits("%22%20OR%20*%20NEAR(")).isEmpty();
        assertError(server.call("GET", "/v1/search", null), 400, "bad_request");
        assertError(server.call("GET", "/v1/search?q=%20", null), 400, "bad_request");
        assertError(server.call("GET", "/v1/search?q=x&limit=0", null), 400, "bad_request");
    }

    @Test
    void listsAgentsWithTheirStatus() throws Exception {
        assertThat(json(server.call("GET", "/v1/agents", null)))
                .isEqualTo(
                        Json.mapper()
                                .readTree(
                                        """
                                        {"default":"cli","may_bypass":false,"agents":[{"kind":"cli",\
                                        "status":"ready","version":"1.0","where":"/somewhere/claude"}]}\
                                        """));
        provider.setUnavailable("Claude Code was not found.");
        JsonNode missing =
                Json.mapper()
                        .readTree(
                                """
                                {"kind":"cli","status":"missing","what":"Claude Code was not \
                                found.","remedy":"Install it."}\
                                """);
        // A status that is less than 500 ms old is not refreshed.
        Awaitility.await()
                .until(() ->
                        json(server.call("GET", "/v1/agents?refresh=true", null))
                                .at("/agents/0")
                                .equals(missing));
    }

    @Test
    void repliesWhetherBypassIsAllowed() throws Exception {
        SessionPolicy allowing = SessionPolicy.defaults().withMayBypass(true);
        try (RunningServer other =
                RunningServer.in(
                        folder.resolve("other"),
                        ServerSetUp.policy(allowing),
                        new ScriptedProvider())) {
            assertThat(json(other.call("GET", "/v1/agents", null)).at("/may_bypass").asBoolean())
                    .isTrue();
        }
    }

    /// Creates a session with one prompt, `texts` texts and a result: `texts + 2` messages.
    private UUID createSessionWithMessages(String prompt, int texts) throws Exception {
        UUID id = server.newSession();
        try (NativeClient client = server.subscribe(id, 0L)) {
            int agentsBefore = provider.agents().size();
            client.sendPrompt(prompt);
            ScriptedAgent agent = provider.awaitAgent(agentsBefore, 1);
            for (int i = 0; i < texts; i++) {
                agent.emitText("text " + i);
            }
            agent.emitResult();
            client.awaitState("idle");
        }
        return id;
    }

    private JsonNode hits(String query) throws Exception {
        return json(server.call("GET", "/v1/search?q=" + query, null)).path("hits");
    }

    private JsonNode page(UUID id, String query) throws Exception {
        return json(server.call("GET", "/v1/sessions/" + id + "/messages?" + query, null));
    }

    private JsonNode patch(UUID id, String body) throws Exception {
        // Sent as text, because a tree would encode an unpaired surrogate differently.
        var reply =
                server.send(
                        server.request("PATCH", "/v1/sessions/" + id, null)
                                .method("PATCH", HttpRequest.BodyPublishers.ofString(body))
                                .header("Authorization", bearer())
                                .build());
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return json(reply);
    }

    private HttpResponse<String> post(String body) throws Exception {
        return server.send(
                server.request("POST", "/v1/sessions", null)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .header("Authorization", bearer())
                        .build());
    }

    private String bearer() {
        return "Bearer " + server.server().token();
    }

    private static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    private static JsonNode json(HttpResponse<String> reply) throws Exception {
        return Json.mapper().readTree(reply.body());
    }

    private void assertError(HttpResponse<String> reply, int status, String code) throws Exception {
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
        JsonNode error = json(reply).path("error");
        assertThat(error.path("code").asText()).isEqualTo(code);
        assertThat(error.path("message").asText()).isNotBlank();
        assertThat(json(reply)).hasSize(1);
        assertThat(reply.body())
                .doesNotContain(server.server().token(), folder.toString(), "Exception", "\tat ");
    }
}
