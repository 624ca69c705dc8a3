package dev.oriel.app.asks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.asks.request.Ask;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.testing.claude.FakeMessagesApi;
import dev.oriel.testing.claude.FakeReply;
import dev.oriel.testing.claude.RealClaudeServer;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.manual.ManualScheduler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A session of the real `claude` CLI whose asks are shown by the window's model, and answered
/// through a client of the server.
final class RealCliAsks implements AutoCloseable {
    private static final Pattern PLAN_FILE =
            Pattern.compile("(/[^\\s\"\\\\`]*/plans/[^\\s\"\\\\`]+\\.md)");

    private final ManualScheduler time = new ManualScheduler();
    private final AsksViewModel model =
            new AsksViewModel(time, _ -> {}, AskDrafts.inMemory(), _ -> {});
    private final RealClaudeServer server;
    private final NativeClient client;

    private RealCliAsks(RealClaudeServer server, NativeClient client) {
        this.server = server;
        this.client = client;
    }

    /// Starts the server and a session, or skips the test if there is no CLI.
    static RealCliAsks start(Path folder) throws Exception {
        RealClaudeServer server = RealClaudeServer.in(folder, c -> c, Map.of());
        RealCliAsks asks = new RealCliAsks(server, server.server().subscribe(server.session(), 0L));
        asks.attach();
        return asks;
    }

    AsksViewModel model() {
        return model;
    }

    RealClaudeServer server() {
        return server;
    }

    FakeMessagesApi api() {
        return server.api();
    }

    NativeClient client() {
        return client;
    }

    /// Shows the asks of the session anew, without those so far.
    void attach() {
        model.attach("session", this::send);
    }

    private boolean send(Message answer) {
        client.send(new String(answer.bytes(), StandardCharsets.UTF_8));
        return true;
    }

    /// Waits for the next ask, shows it and lets the time pass until it can be answered.
    Ask awaitShown() {
        Message message = Message.of((ObjectNode) server.awaitAsk(client));
        model.receive(message, false);
        time.advance(AsksViewModel.ARMING);
        Ask ask = model.shown().get();
        assertThat(ask).isNotNull();
        assertThat(ask.requestId()).isEqualTo(message.requestId());
        return ask;
    }

    void setMode(String mode) {
        client.sendRequest("set_permission_mode", Map.of("mode", mode));
        awaitMode(mode);
    }

    void awaitMode(String mode) {
        client.await(_ -> mode.equals(modeNow()), "the mode " + mode);
    }

    private String modeNow() {
        return client.frames().reversed().stream()
                .map(f -> f.at("/session/permission_mode").asText())
                .filter(m -> !m.isEmpty())
                .findFirst()
                .orElse("");
    }

    /// A reply of the API that writes the file that the CLI names, then asks for approval without
    /// the text of the plan.
    static FakeReply planned(FakeMessagesApi.Request request) {
        String last = request.lastUserText();
        if (!last.contains("tool_result")) {
            Matcher file = PLAN_FILE.matcher(request.body().toString());
            assertThat(file.find()).isTrue();
            ObjectNode input = Json.object().put("file_path", file.group(1));
            return FakeReply.toolUse(
                    "Write", input.put("content", "# Paint\n\n- the door").toString());
        }
        return last.contains("approved")
                ? FakeReply.text("Done.")
                : FakeReply.toolUse("ExitPlanMode", "{}");
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
