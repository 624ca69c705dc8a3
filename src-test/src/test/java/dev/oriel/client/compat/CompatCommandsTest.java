package dev.oriel.client.compat;

import static dev.oriel.client.compat.protocol.EffectSummary.json;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.ClientException;
import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.RecordingFeedListener;
import dev.oriel.client.RecordingSessionListener;
import dev.oriel.client.ServerKind;
import dev.oriel.client.SessionInfo;
import dev.oriel.client.SessionInfo.Activity;
import dev.oriel.client.link.FakeWebSocket;
import dev.oriel.message.CloseCode;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Message;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a user can ask, and how each kind of server replies to it.
class CompatCommandsTest {
    private static String code(CompletableFuture<?> failed) {
        assertThat(failed).isCompletedExceptionally();
        return ((ClientException) failed.exceptionNow()).code();
    }

    private static CompletableFuture<ObjectNode> control(
            CompatDriver client, String id, String loose) {
        CompletableFuture<ObjectNode> response =
                client.commands.control(id, (ObjectNode) json(loose));
        client.network.lane.runAll();
        return response;
    }

    private static JsonNode lastFrame(FakeWebSocket socket) {
        return json(socket.sent.getLast());
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "ENHANCED, interrupt, ",
        "RELAY, interrupt, ",
        "ONESHOT, interrupt, ",
        "MANAGER, interrupt, This server cannot stop an answer.",
        "ENHANCED, set_permission_mode, ",
        "RELAY, set_permission_mode, The permission mode cannot be changed on this server.",
        "ONESHOT, set_permission_mode, The permission mode cannot be changed on this server.",
        "MANAGER, set_permission_mode, The permission mode cannot be changed on this server.",
        "ENHANCED, set_model, ",
        "RELAY, set_model, The model cannot be chosen on this server.",
        "ONESHOT, set_model, The model cannot be chosen on this server.",
        "MANAGER, set_model, The model cannot be chosen on this server.",
        "RELAY, rewind_files, This server cannot do that.",
    })
    void aControlRequestThatTheKindCannotPerformFails(
            ServerKind kind, String subtype, String failure) {
        CompatDriver client = new CompatDriver(kind);
        client.accept();
        String id = client.open();
        CompletableFuture<ObjectNode> response =
                control(client, id, "{'subtype':'" + subtype + "','mode':'plan','model':'m'}");
        if (failure == null) {
            assertThat(response).isCompletedWithValueMatching(ObjectNode::isEmpty);
        } else {
            assertThat(code(response)).isEqualTo(ErrorCode.UNSUPPORTED);
            assertThat(response.exceptionNow()).hasMessage(failure);
        }
    }

    @Test
    void aControlRequestFailsWithoutAConnectionOrASession() {
        CompatDriver client = new CompatDriver(ServerKind.RELAY);
        String id = client.open();
        assertThat(code(control(client, id, "{'subtype':'interrupt'}")))
                .isEqualTo(ErrorCode.LINK_LOST);
        client.accept();
        assertThat(code(control(client, "other", "{'subtype':'interrupt'}")))
                .isEqualTo(ErrorCode.LINK_LOST);
    }

    @Test
    void theChosenModeAndModelAreShownAndUsedByTheNextQuery() {
        CompatDriver client = new CompatDriver(ServerKind.ENHANCED);
        FakeWebSocket socket = client.accept();
        String id = client.open();
        control(client, id, "{'subtype':'set_permission_mode','mode':'plan'}");
        control(client, id, "{'subtype':'set_model','model':'m'}");
        assertThat(client.feed.info(id).permissionMode()).isEqualTo("plan");
        assertThat(client.feed.info(id).model()).isEqualTo("m");
        assertThat(client.listener.messages).last().matches(m -> m.is("system", "oriel_session"));
        client.submit(id, "hi");
        assertThat(lastFrame(socket).path("options"))
                .isEqualTo(json("{'permission_mode':'plan','model':'m'}"));
    }

    @Test
    void theOptionsOfTheOnlySessionAreThoseOfItsFirstQuery() {
        CompatDriver client = new CompatDriver(ServerKind.ENHANCED);
        FakeWebSocket socket = client.accept();
        SessionInfo created =
                client.commands
                        .createSession(new NewSessionRequest("/w", null, "m", "plan"))
                        .join();
        assertThat(created.cwd()).isEqualTo("/w");
        assertThat(client.feed.info(created.id())).isEqualTo(created);
        client.submit(created.id(), "hi");
        assertThat(lastFrame(socket).path("options"))
                .isEqualTo(json("{'permission_mode':'plan','model':'m','cwd':'/w'}"));
    }

    @Test
    void aManagersSessionIsCreatedOnceTheServerConfirmsItsId() {
        CompatDriver client = new CompatDriver(ServerKind.MANAGER);
        FakeWebSocket socket = client.accept();
        CompletableFuture<SessionInfo> created =
                client.commands.createSession(new NewSessionRequest("/w", null, null, "plan"));
        client.network.lane.runAll();
        String id = lastFrame(socket).path("session_id").asText();
        assertThat(lastFrame(socket).path("options"))
                .isEqualTo(json("{'working_directory':'/w','permission_mode':'plan'}"));
        assertThat(created).isNotDone();
        client.receive(
                socket, "{'type':'session_created','session_id':'other','session':{'id':'other'}}");
        assertThat(created).isNotDone();
        client.receive(
                socket,
                "{'type':'session_created','session_id':'"
                        + id
                        + "','session':{'id':'"
                        + id
                        + "','options':{'working_directory':'/w'}}}");
        assertThat(created.join().id()).isEqualTo(id);
        assertThat(created.join().cwd()).isEqualTo("/w");
        assertThat(client.feed.known).containsKeys("s", "other", id);
    }

    @Test
    void aSessionThatTheManagerRefusesIsNotCreated() {
        CompatDriver client = new CompatDriver(ServerKind.MANAGER);
        FakeWebSocket socket = client.accept();
        CompletableFuture<SessionInfo> created =
                client.commands.createSession(NewSessionRequest.DEFAULTS);
        client.receive(
                socket, "{'type':'error','message':'Maximum concurrent sessions (10) reached'}");
        assertThat(code(created)).isEqualTo(ErrorCode.REFUSED);
        assertThat(created.exceptionNow()).hasMessage("Maximum concurrent sessions (10) reached");
        assertThat(client.feed.known).containsOnlyKeys("s");
    }

    @Test
    void aSessionWhoseEndTheManagerRefusesIsKept() {
        CompatDriver client = new CompatDriver(ServerKind.MANAGER);
        FakeWebSocket socket = client.accept();
        CompletableFuture<Void> deleted = client.commands.deleteSession("s");
        client.receive(socket, "{'type':'error','message':'Failed to end session: busy'}");
        assertThat(code(deleted)).isEqualTo(ErrorCode.REFUSED);
        assertThat(client.feed.known).containsOnlyKeys("s");
    }

    @Test
    void deletingASessionDeletesItsPendingPromptsAndCannotFailIfThereIsNone() {
        CompatDriver client = new CompatDriver(ServerKind.RELAY);
        assertThat(client.commands.deleteSession("none")).isCompleted();
        String id = client.open();
        client.submit(id, "early");
        assertThat(client.commands.deleteSession(id)).isCompleted();
        assertThat(client.outbox.pending(id)).isEmpty();
        assertThat(client.accept().sent).isEmpty();
    }

    @Test
    void aManagersSessionCannotBeDeletedWithoutAConnection() {
        CompatDriver client = new CompatDriver(ServerKind.MANAGER);
        FakeWebSocket socket = client.accept();
        client.network.close(socket, CloseCode.GOING_AWAY);
        assertThat(code(client.commands.deleteSession("s"))).isEqualTo(ErrorCode.LINK_LOST);
        assertThat(client.feed.known).containsOnlyKeys("s");
    }

    @Test
    void aFeedListenerReceivesTheStatusAndOnceLiveAllSessions() {
        CompatDriver client = new CompatDriver(ServerKind.MANAGER);
        RecordingFeedListener early = new RecordingFeedListener();
        client.commands.subscribeFeed(early);
        assertThat(early.states).containsExactly(new ConnectionStatus.Connecting());
        client.accept();
        RecordingFeedListener late = new RecordingFeedListener();
        client.commands.subscribeFeed(late);
        assertThat(late.states).containsExactly(new ConnectionStatus.Live());
        assertThat(late.known).containsOnlyKeys("s");
        assertThat(early.known).containsOnlyKeys("s");
        assertThat(client.network.isQuiet()).as("one connection for all").isTrue();
    }

    @Test
    void anInterruptShowsTheTurnAsInterruptingUntilItEnds() {
        CompatDriver client = new CompatDriver(ServerKind.ENHANCED);
        FakeWebSocket socket = client.accept();
        String id = client.open();
        client.submit(id, "one");
        CompletableFuture<ObjectNode> confirmed =
                control(client, id, "{'subtype':'interrupt','hold_queue':true}");
        assertThat(lastFrame(socket)).isEqualTo(json("{'type':'interrupt'}"));
        assertThat(confirmed).isNotDone();
        assertThat(client.feed.info(id).activity()).isEqualTo(Activity.INTERRUPTING);
        assertThat(queueMessages(client)).as("nothing is pending, so nothing is held").isEmpty();
        client.receive(socket, "{'type':'interrupt_acknowledged'}");
        assertThat(confirmed).isCompletedWithValueMatching(ObjectNode::isEmpty);
        client.receive(socket, "{'type':'query_cancelled'}");
        assertThat(client.feed.info(id).activity()).isEqualTo(Activity.IDLE);
        assertThat(client.listener.conversation()).containsExactly("prompt one", "interrupted");
    }

    @Test
    void aHeldQueueIsReportedAndRunOnRequest() {
        CompatDriver client = new CompatDriver(ServerKind.ENHANCED);
        FakeWebSocket socket = client.accept();
        String id = client.open();
        client.submit(id, "one");
        client.submit(id, "two");
        control(client, id, "{'subtype':'interrupt','hold_queue':true}");
        client.receive(socket, "{'type':'query_cancelled'}");
        assertThat(lastFrame(socket)).isEqualTo(json("{'type':'interrupt'}"));
        assertThat(queueMessages(client)).containsExactly(true);

        RecordingSessionListener later = new RecordingSessionListener();
        client.commands.subscribe(id, new SessionSubscriber(0, later));
        assertThat(later.messages).last().matches(m -> m.tree().path("held").asBoolean());

        assertThat(control(client, id, "{'subtype':'oriel_run_queue'}")).isCompleted();
        assertThat(queueMessages(client)).containsExactly(true, false);
        assertThat(lastFrame(socket).path("prompt").asText()).isEqualTo("two");
    }

    private static List<Boolean> queueMessages(CompatDriver client) {
        return client.listener.messages.stream()
                .filter(m -> m.is("system", "oriel_queue"))
                .map(m -> m.tree().path("held").asBoolean())
                .toList();
    }

    @Test
    void aPromptThatIsInTheOutboxCannotBeCancelledByTheServer() {
        CompatDriver client = new CompatDriver(ServerKind.RELAY);
        client.accept();
        String id = client.open();
        assertThat(control(client, id, "{'subtype':'cancel_async_message'}").join())
                .isEqualTo(json("{'cancelled':false}"));
    }

    @Test
    void anAskOfAnUnknownSessionIsNotResolved() {
        CompatDriver client = new CompatDriver(ServerKind.MANAGER);
        FakeWebSocket socket = client.accept();
        client.commands.resolveAsk(
                "other",
                Message.of(
                        json(
                                "{'type':'control_response','response':{'request_id':'r','response':{}}}")));
        client.network.lane.runAll();
        assertThat(socket.sent).isEmpty();
    }

    @Test
    void aResolvedAskLeavesTheTurnRunning() {
        CompatDriver client = new CompatDriver(ServerKind.MANAGER);
        FakeWebSocket socket = client.accept();
        client.open();
        client.receive(
                socket,
                "{'type':'permission_request','session_id':'s','request_id':'r','tool':'Bash'}");
        client.commands.resolveAsk(
                "s",
                Message.of(
                        json(
                                "{'type':'control_response','response':{'request_id':'r',"
                                        + "'response':{'behavior':'deny','message':'No.'}}}")));
        client.network.lane.runAll();
        assertThat(lastFrame(socket))
                .isEqualTo(
                        json(
                                "{'type':'permission_response','session_id':'s','request_id':'r',"
                                        + "'approved':false,'reason':'No.'}"));
        assertThat(client.feed.info("s").activity()).isEqualTo(Activity.RUNNING);
        assertThat(requireNonNull(client.connection.sessions().find("s")).pendingAsks()).isEmpty();
    }

    @Test
    void pendingPromptsOfAnUnknownSessionAreNotSent() {
        CompatDriver client = new CompatDriver(ServerKind.MANAGER);
        FakeWebSocket socket = client.accept();
        client.submit("other", "hi");
        assertThat(socket.sent).isEmpty();
        assertThat(client.outbox.pending("other")).hasSize(1);
    }
}
