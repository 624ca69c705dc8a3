package dev.oriel.agent.cli.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentGoneException;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Control requests to the CLI, and its responses.
@Timeout(30)
class PendingControlRequestsTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final List<byte[]> sent = new ArrayList<>();
    private final PendingControlRequests requests = new PendingControlRequests(clock, sent::add);

    @AfterEach
    void stop() {
        clock.shutdownNow();
    }

    private CompletableFuture<ObjectNode> send(String subtype, Duration deadline) {
        return requests.send(Json.object().put("subtype", subtype), deadline);
    }

    private JsonNode lastSent() throws Exception {
        return Json.mapper().readTree(sent.getLast());
    }

    private static Message response(String requestId, String text) throws Exception {
        return Message.parse(
                """
                {"type":"control_response","response":{"subtype":"success","request_id":"%s",\
                "response":{"text":"%s"}}}\
                """
                        .formatted(requestId, text));
    }

    @Test
    void aRequestIsSentInItsEnvelope() throws Exception {
        send("mcp_status", LONG);
        assertThat(lastSent().path("type").asText()).isEqualTo("control_request");
        assertThat(lastSent().path("request_id").asText()).isNotEmpty();
        assertThat(lastSent().at("/request/subtype").asText()).isEqualTo("mcp_status");
    }

    @Test
    void theFirstResponseToARequestCounts() throws Exception {
        var first = send("a", LONG);
        String id = lastSent().path("request_id").asText();
        var second = send("b", LONG);
        requests.onResponse(response(id, "one"));
        requests.onResponse(response(id, "two"));
        assertThat(first.join().at("/response/text").asText()).isEqualTo("one");
        assertThat(second).isNotDone();
    }

    @Test
    void aResponseThatNoRequestWaitsForIsIgnored() throws Exception {
        var request = send("a", LONG);
        requests.onResponse(response("unknown", "x"));
        requests.onResponse(Message.parse("{\"type\":\"control_response\"}"));
        assertThat(request).isNotDone();
    }

    @Test
    void aRequestFailsAfterItsDeadline() {
        assertThatThrownBy(() -> send("a", Duration.ofMillis(1)).get())
                .hasCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void noRequestWaitsForAnAgentThatHasEnded() {
        var before = send("a", LONG);
        requests.failAll();
        int lines = sent.size();
        var after = send("b", LONG);
        assertThatThrownBy(before::get).hasCauseInstanceOf(AgentGoneException.class);
        assertThatThrownBy(after::get).hasCauseInstanceOf(AgentGoneException.class);
        assertThat(sent).hasSize(lines);
    }
}
