package dev.oriel.session.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.session.api.PromptSettings;
import dev.oriel.session.event.SessionEvent.ControlReply;
import dev.oriel.session.event.SessionEvent.Progress;
import dev.oriel.session.event.SessionEvent.PromptChanged;
import dev.oriel.session.event.SessionEvent.QueueChanged;
import dev.oriel.session.state.WaitingPrompt;
import dev.oriel.session.turn.TurnFixture;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The order of waiting prompts, and what a client does with one of them.
class QueueCommandsTest extends TurnFixture {
    private final Events sender = new Events();
    private QueueCommands commands;

    @BeforeEach
    void create() {
        commands = new QueueCommands(model.prompts(), output, turns, lane);
    }

    private ControlReply reorder(UUID... order) {
        ObjectNode body = Json.object();
        var list = body.putArray("message_uuids");
        for (UUID each : order) {
            list.add(each.toString());
        }
        return send(ControlSubtype.ORIEL_REORDER_QUEUE, body);
    }

    private ControlReply send(String subtype, UUID prompt) {
        return send(subtype, Json.object().put("message_uuid", prompt.toString()));
    }

    private ControlReply send(String subtype, ObjectNode body) {
        commands.handle(sender, "r1", subtype, body);
        output.flush();
        lane.runAll();
        return sender.last(ControlReply.class);
    }

    private static String code(ControlReply reply) {
        return reply.result() instanceof ControlReply.Result.Failure(String code, String _)
                ? code
                : "none";
    }

    private List<UUID> shown() {
        return client.last(QueueChanged.class).prompts().stream()
                .map(Message::uuid)
                .map(UUID::fromString)
                .toList();
    }

    private List<UUID> stored() throws Exception {
        return journal.queuedPrompts(id).stream().map(p -> p.uuid()).toList();
    }

    private void finishTurn() {
        agent(0).emitResult();
        lane.runAll();
    }

    @Test
    void theNamedPromptsComeFirstAndTheOthersStayBehind() throws Exception {
        prompt("running");
        UUID a = prompt("a");
        UUID b = prompt("b");
        UUID c = prompt("c");
        ControlReply reply = reorder(c, UUID.randomUUID(), a, c);
        assertThat(reply.error()).isEmpty();
        assertThat(shown()).containsExactly(c, a, b);
        assertThat(stored()).containsExactly(c, a, b);
        finishTurn();
        assertThat(agent(0).prompts().getLast().uuid()).isEqualTo(c.toString());
    }

    @Test
    void theSameOrderChangesNothing() throws Exception {
        prompt("running");
        UUID a = prompt("a");
        prompt("b");
        client.events.clear();
        assertThat(reorder(a).error()).isEmpty();
        assertThat(client.events).isEmpty();
    }

    @Test
    void anOrderThatCannotBeStoredIsRefusedAndKept() throws Exception {
        prompt("running");
        UUID a = prompt("a");
        UUID b = prompt("b");
        journal.failQueue(true);
        assertThat(code(reorder(b))).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(model.prompts().uuids()).containsExactly(a, b);
    }

    @Test
    void sendingOneNowInterruptsTheTurnAndStartsItBeforeTheOthers() throws Exception {
        prompt("running");
        UUID a = prompt("a");
        UUID b = prompt("b");
        assertThat(send(ControlSubtype.ORIEL_SEND_NOW, b).error()).isEmpty();
        assertThat(agent(0).interrupts()).isEqualTo(1);
        finishTurn();
        assertThat(agent(0).prompts().getLast().uuid()).isEqualTo(b.toString());
        finishTurn();
        assertThat(agent(0).prompts().getLast().uuid()).isEqualTo(a.toString());
    }

    @Test
    void sendingAHeldPromptNowStartsItAtOnce() throws Exception {
        prompt("running");
        prompt("a");
        UUID b = prompt("b");
        model.prompts().hold();
        finishTurn();
        assertThat(agent(0).prompts()).hasSize(1);
        assertThat(send(ControlSubtype.ORIEL_SEND_NOW, b).error()).isEmpty();
        assertThat(agent(0).prompts().getLast().uuid()).isEqualTo(b.toString());
        assertThat(client.last(QueueChanged.class).isHeld()).isFalse();
    }

    @Test
    void theRunningTurnTakesAPromptUp() throws Exception {
        prompt("running");
        UUID a = prompt("a");
        UUID b = prompt("b");
        assertThat(send(ControlSubtype.ORIEL_STEER, b).error()).isEmpty();
        assertThat(agent(0).midTurnPrompts())
                .extracting(Message::uuid)
                .containsExactly(b.toString());
        assertThat(agent(0).prompts()).hasSize(1);
        assertThat(shown()).containsExactly(a);
        assertThat(stored()).containsExactly(a);
        assertThat(journaledTypes()).containsExactly("user", "user");
        assertThat(client.all(PromptChanged.class))
                .contains(new PromptChanged(b, Progress.STARTED));
        agent(0).emit(
                        "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,"
                                + "\"user_message_uuids\":[\""
                                + b
                                + "\"]}");
        lane.runAll();
        assertThat(client.all(PromptChanged.class))
                .contains(new PromptChanged(b, Progress.COMPLETED));
        assertThat(agent(0).prompts().getLast().uuid()).isEqualTo(a.toString());
    }

    @Test
    void withoutATurnNothingTakesAPromptUp() throws Exception {
        prompt("running");
        UUID a = prompt("a");
        model.prompts().hold();
        finishTurn();
        assertThat(code(send(ControlSubtype.ORIEL_STEER, a))).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(model.prompts().uuids()).containsExactly(a);
    }

    @Test
    void anInterruptedTurnTakesNothingUp() throws Exception {
        prompt("running");
        UUID a = prompt("a");
        turns.interrupt();
        assertThat(code(send(ControlSubtype.ORIEL_STEER, a))).isEqualTo(ErrorCode.UNAVAILABLE);
    }

    @Test
    void aPromptWithSettingsOfItsOwnNeedsItsOwnTurn() throws Exception {
        prompt("running");
        UUID guest = UUID.randomUUID();
        model.prompts()
                .add(
                        WaitingPrompt.of(
                                guest,
                                UserMessages.prompt(guest, "x"),
                                PromptSettings.fromJson("{}", false)));
        assertThat(code(send(ControlSubtype.ORIEL_STEER, guest))).isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void aPromptThatDoesNotWaitIsNotFound() throws Exception {
        UUID running = prompt("running");
        for (String subtype : List.of(ControlSubtype.ORIEL_SEND_NOW, ControlSubtype.ORIEL_STEER)) {
            assertThat(code(send(subtype, running))).isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(code(send(subtype, Json.object().put("message_uuid", "x"))))
                    .isEqualTo(ErrorCode.BAD_REQUEST);
        }
        assertThat(agent(0).interrupts()).isZero();
    }

    @Test
    void aPromptThatCannotBeMovedStillWaits() throws Exception {
        prompt("running");
        UUID a = prompt("a");
        journal.failWrites(true);
        assertThat(code(send(ControlSubtype.ORIEL_STEER, a))).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(model.prompts().uuids()).containsExactly(a);
        assertThat(agent(0).midTurnPrompts()).isEmpty();
    }
}
