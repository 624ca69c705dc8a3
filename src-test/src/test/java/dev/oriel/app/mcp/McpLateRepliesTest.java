package dev.oriel.app.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.mcp.McpViewModel.McpState;
import dev.oriel.app.session.OpenSession;
import dev.oriel.client.ClientException;
import dev.oriel.client.compat.protocol.EffectSummary;
import dev.oriel.testing.client.FakeServerClient;
import dev.oriel.testing.client.OpenSessions;
import dev.oriel.testing.manual.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class McpLateRepliesTest {
    private static final String PENDING = "{'mcpServers':[{'name':'a','status':'pending'}]}";
    private static final String CONNECTED = "{'mcpServers':[{'name':'a','status':'connected'}]}";

    private final FakeServerClient client = new FakeServerClient();
    private final ManualScheduler delay = new ManualScheduler();
    private final List<String> errors = new ArrayList<>();
    private @Nullable OpenSession session;
    private final McpViewModel model =
            new McpViewModel(
                    () -> session,
                    (_, _) -> CompletableFuture.completedFuture(null),
                    _ -> {},
                    errors::add,
                    delay);

    private CompletableFuture<ObjectNode> nextReply() {
        CompletableFuture<ObjectNode> reply = new CompletableFuture<>();
        client.setControlReply(reply);
        return reply;
    }

    private void complete(CompletableFuture<ObjectNode> reply, String json) {
        reply.complete((ObjectNode) EffectSummary.json(json));
        delay.advance(Duration.ZERO);
    }

    private List<McpServer.State> states() {
        return model.state().get() instanceof McpState.Known(List<McpServer> servers)
                ? servers.stream().map(McpServer::state).toList()
                : List.of();
    }

    private long questions() {
        return client.calls().stream().filter(c -> c.endsWith(" mcp_status")).count();
    }

    @Test
    void anotherSessionIsAskedWhileTheQuestionToTheFirstHasNoReply() {
        CompletableFuture<ObjectNode> first = nextReply();
        session = OpenSessions.open(client, "s");
        model.watch();
        CompletableFuture<ObjectNode> second = nextReply();
        session = OpenSessions.open(client, "t");
        model.watch();
        assertThat(client.calls()).contains("control s mcp_status", "control t mcp_status");
        complete(second, CONNECTED);
        complete(first, PENDING);
        assertThat(states()).containsExactly(McpServer.State.CONNECTED);
    }

    @Test
    void aReplyFromBeforeAChangeIsNotShownAfterIt() {
        session = OpenSessions.open(client, "s");
        CompletableFuture<ObjectNode> before = nextReply();
        model.watch();
        complete(nextReply(), "{}");
        CompletableFuture<ObjectNode> after = nextReply();
        model.load();
        complete(after, CONNECTED);
        complete(before, PENDING);
        assertThat(states()).containsExactly(McpServer.State.CONNECTED);
    }

    @Test
    void itAsksOnceASecondWhileAServerConnectsAndOnlyWhileThePanelIsOpen() {
        session = OpenSessions.open(client, "s");
        CompletableFuture<ObjectNode> reply = nextReply();
        model.watch();
        complete(reply, PENDING);
        model.stopWatching();
        model.watch();
        delay.advance(Duration.ZERO);
        long asked = questions();
        delay.advance(Duration.ofSeconds(1));
        assertThat(questions()).isEqualTo(asked + 1);
        model.stopWatching();
        delay.advance(Duration.ofSeconds(10));
        assertThat(questions()).isEqualTo(asked + 1);
    }

    @Test
    void withoutAnAgentItSaysSo() {
        session = OpenSessions.open(client, "s");
        client.setFailure(new ClientException("no_agent", "No agent is running."));
        model.watch();
        delay.advance(Duration.ZERO);
        assertThat(model.state().get()).isEqualTo(new McpState.NoAgent());
    }
}
