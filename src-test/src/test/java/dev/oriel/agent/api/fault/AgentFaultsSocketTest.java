package dev.oriel.agent.api.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.SocketAgent;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.FakeMessagesApi;
import dev.oriel.testing.claude.FakeReply;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Servers that fail, with a whole agent: the message is clear, the conversation goes on with a
/// history that the API accepts, and files are as before.
class AgentFaultsSocketTest {
    @TempDir Path temp;
    private FakeMessagesApi api;
    private SocketAgent agent;

    @BeforeEach
    void begin() throws Exception {
        api = FakeMessagesApi.start().strict();
        agent = new SocketAgent(api, temp);
    }

    @AfterEach
    void end() {
        agent.close();
        api.close();
    }

    /// A status in the second request of a turn, after a tool has run.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    201 | 0  | invalid_request       | refused the request (HTTP 201)
                    204 | 0  | invalid_request       | refused the request (HTTP 204)
                    300 | 0  | invalid_request       | redirects to another address (HTTP 300)
                    301 | 0  | invalid_request       | redirects to another address (HTTP 301)
                    302 | 0  | invalid_request       | redirects to another address (HTTP 302)
                    307 | 0  | invalid_request       | redirects to another address (HTTP 307)
                    308 | 0  | invalid_request       | redirects to another address (HTTP 308)
                    400 | 0  | invalid_request       | refused the request (HTTP 400): Words
                    401 | 0  | authentication_failed | key was not accepted (HTTP 401): Words
                    402 | 0  | billing_error         | no credit (HTTP 402): Words
                    403 | 0  | authentication_failed | may not do this (HTTP 403): Words
                    404 | 0  | invalid_request       | does not know the address (HTTP 404): Words
                    405 | 0  | invalid_request       | refused the request (HTTP 405): Words
                    408 | 10 | server_error          | did not respond in time (HTTP 408): Words
                    409 | 10 | invalid_request       | refused the request (HTTP 409): Words
                    415 | 0  | invalid_request       | refused the request (HTTP 415): Words
                    422 | 0  | invalid_request       | refused the request (HTTP 422): Words
                    429 | 10 | rate_limit            | limit is reached (HTTP 429): Words
                    451 | 0  | invalid_request       | refused the request (HTTP 451): Words
                    499 | 0  | invalid_request       | refused the request (HTTP 499): Words
                    500 | 10 | server_error          | server failed (HTTP 500): Words
                    501 | 10 | server_error          | server failed (HTTP 501): Words
                    502 | 10 | server_error          | server failed (HTTP 502): Words
                    503 | 10 | server_error          | server failed (HTTP 503): Words
                    504 | 10 | server_error          | server failed (HTTP 504): Words
                    520 | 10 | server_error          | server failed (HTTP 520): Words
                    529 | 3  | overloaded            | is overloaded (HTTP 529): Words
                    599 | 10 | server_error          | server failed (HTTP 599): Words
                    """)
    void aStatus(int status, int retries, String error, String said) throws Exception {
        api.enqueue(SocketAgent.bash("cat kept.txt"));
        api.refusing(r ->
                r.body().path("messages").size() > 1
                        ? FakeReply.failure(
                                status, "some_error", "Words, x-api-key: " + SocketAgent.KEY)
                        : null);
        JsonNode result = agent.turn("read it");
        assertThat(result.path("is_error").asBoolean()).isTrue();
        assertThat(result.path("subtype").asText()).isEqualTo("success");
        assertThat(result.path("terminal_reason").asText()).isEqualTo("api_error");
        assertThat(result.path("api_error_status").asInt()).isEqualTo(status);
        assertThat(agent.report()).contains(said).isEqualTo(result.path("result").asText());
        assertThat(agent.errorName()).isEqualTo(error);
        assertThat(agent.run().events.messages("system"))
                .filteredOn(m -> "api_retry".equals(m.subtype()))
                .hasSize(retries)
                .allMatch(m -> m.tree().path("error_status").asInt() == status)
                .allMatch(m -> m.tree().path("error").asText().equals(error));
        assertThat(agent.pauses).hasSize(retries);
        agent.tellsNoSecret();
        agent.filesAreUntouched();
        agent.goesOn();
    }

    @ParameterizedTest
    @CsvSource({
        "text/html,<!doctype html><title>Log in</title>,web page",
        "application/json,'{\"ok\":true}',no response of the Messages API",
        "text/event-stream,'data: {\"type\":\n\n',cannot be read",
        "text/event-stream,'',closed the connection",
        "text/event-stream,': only a comment\n\n',closed the connection"
    })
    void anAnswerThatIsNoneOfTheApi(String type, String body, String said) throws Exception {
        api.refusing(_ -> FakeReply.page(200, type, body));
        JsonNode result = agent.turn("hi");
        assertThat(result.path("is_error").asBoolean()).isTrue();
        assertThat(agent.report()).contains(said).contains("127.0.0.1");
        agent.filesAreUntouched();
        agent.goesOn();
    }

    /// What a turn with thinking, text and a tool looks like.
    private static FakeReply scripted() {
        return FakeReply.thinking("Hm, ", "so.")
                .andText("I look ", "at it.")
                .andToolUse("Bash", "{\"command\":\"cat kept.txt\",\"description\":\"Read\"}");
    }

    private static final int CALL_IS_COMPLETE = 14; // events of it

    static Stream<Integer> eachEvent() {
        return IntStream.range(0, scripted().eventCount()).boxed();
    }

    @ParameterizedTest
    @MethodSource("eachEvent")
    void aStreamThatBreaksAfterAnEvent(int events) throws Exception {
        cut(scripted().cutAfterEvent(events));
    }

    @ParameterizedTest
    @MethodSource("eachEvent")
    void aStreamThatEndsAfterAnEvent(int events) throws Exception {
        cut(scripted().endingAfterEvent(events));
    }

    /// The turn ends as if nothing had happened: the request is repeated, or continued.
    private void cut(FakeReply reply) throws Exception {
        api.enqueue(reply, FakeReply.text("All read"));
        JsonNode result = agent.turn("read it");
        assertThat(result.path("is_error").asBoolean()).as(result.toString()).isFalse();
        assertThat(result.path("result").asText()).isEqualTo("All read");
        assertThat(api.problems()).isEmpty();
        agent.filesAreUntouched();
        agent.goesOn();
    }

    /// Without end: the user is told, and has the texts that arrived.
    @ParameterizedTest
    @MethodSource("eachEvent")
    void aServerThatAlwaysBreaksAfterAnEvent(int events) throws Exception {
        api.refusing(_ -> scripted().cutAfterEvent(events));
        JsonNode result = agent.turn("read it");
        assertThat(result.path("is_error").asBoolean()).as(result.toString()).isTrue();
        if (events < CALL_IS_COMPLETE) {
            assertThat(agent.report()).containsIgnoringCase("connection");
            assertThat(agent.errorName()).isEqualTo("server_error");
        } else {
            assertThat(agent.report()).contains("repeated the same tool call");
        }
        agent.filesAreUntouched();
        agent.goesOn();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 11, 64, 1000})
    void aStreamInPieces(int bytes) throws Exception {
        api.splitAt(bytes);
        api.enqueue(scripted(), FakeReply.text("All ", "read: é 漢 🙂"));
        assertThat(agent.turn("read it").path("result").asText()).isEqualTo("All read: é 漢 🙂");
        assertThat(agent.run().toolResults()).containsExactly("one\ntwo");
        agent.filesAreUntouched();
        agent.goesOn();
    }

    @Test
    void aConnectionThatIsClosedWithoutAResponse() throws Exception {
        api.refusing(_ -> FakeReply.reset());
        assertThat(agent.turn("hi").path("is_error").asBoolean()).isTrue();
        assertThat(agent.report()).contains("The connection to 127.0.0.1", "failed");
        assertThat(agent.errorName()).isEqualTo("server_error");
        assertThat(agent.pauses).hasSize(10);
        agent.goesOn();
    }

    @Test
    void aKeyThatIsRevokedInMidTurn() throws Exception {
        api.enqueue(SocketAgent.bash("cat kept.txt"));
        api.refusing(r ->
                r.body().path("messages").size() > 1
                        ? FakeReply.failure(401, "authentication_error", "invalid x-api-key")
                        : null);
        assertThat(agent.turn("read it").path("api_error_status").asInt()).isEqualTo(401);
        assertThat(agent.errorName()).isEqualTo("authentication_failed");
        assertThat(agent.report()).contains("key was not accepted");
        assertThat(agent.pauses).isEmpty();
        assertThat(agent.run().toolResults()).containsExactly("one\ntwo");
        agent.filesAreUntouched();
        agent.goesOn();
    }

    @ParameterizedTest
    @CsvSource({
        "overloaded_error,overloaded,3",
        "api_error,server_error,10",
        "rate_limit_error,rate_limit,10",
        "timeout_error,server_error,10",
        "invalid_request_error,invalid_request,0",
        "authentication_error,authentication_failed,0",
        "permission_error,authentication_failed,0",
        "billing_error,billing_error,0",
        "from_the_future,unknown,0"
    })
    void anErrorWithinTheStream(String type, String error, int retries) throws Exception {
        ObjectNode event = Json.object().put("type", "error");
        event.putObject("error").put("type", type).put("message", "Words " + SocketAgent.KEY);
        api.refusing(_ -> FakeReply.text().startingWith(event));
        assertThat(agent.turn("hi").path("is_error").asBoolean()).isTrue();
        assertThat(agent.errorName()).isEqualTo(error);
        assertThat(agent.report()).contains("Words");
        assertThat(agent.pauses).hasSize(retries);
        agent.tellsNoSecret();
        agent.goesOn();
    }
}
