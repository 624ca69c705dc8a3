package dev.oriel.client.compat;

import static dev.oriel.client.compat.protocol.EffectSummary.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.SessionInfo;
import dev.oriel.client.SessionInfo.Activity;
import dev.oriel.client.compat.protocol.ProtocolEffect.ListedSession;
import dev.oriel.message.Message;
import dev.oriel.message.MessageSeq;
import dev.oriel.testing.data.TransitionTable;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CompatSessionTest {
    private static final Instant CREATED = Instant.parse("2026-01-02T03:04:05Z");
    private static final Instant LATER = CREATED.plusSeconds(60);

    private final CompatSession session = new CompatSession("id", "name", CREATED);

    private Message receive(String loose) {
        return session.receive(Message.of(json(loose)));
    }

    @Test
    void itsActivityFollowsItsTurns() {
        assertThat(session.info().activity()).isEqualTo(Activity.IDLE);
        session.interruptTurn();
        assertThat(session.info().activity()).isEqualTo(Activity.IDLE);
        session.startTurn("hello", LATER);
        assertThat(session.info().activity()).isEqualTo(Activity.RUNNING);
        receive("{'type':'control_request','request_id':'r','request':{'subtype':'can_use_tool'}}");
        assertThat(session.info().activity()).isEqualTo(Activity.ASKING);
        assertThat(session.removeAsk("r")).isTrue();
        assertThat(session.removeAsk("r")).isFalse();
        assertThat(session.info().activity()).isEqualTo(Activity.RUNNING);
        session.interruptTurn();
        assertThat(session.info().activity()).isEqualTo(Activity.INTERRUPTING);
        session.finishTurn(LATER);
        assertThat(session.info().activity()).isEqualTo(Activity.IDLE);
        assertThat(session.info().updatedAt()).isEqualTo(LATER);
    }

    /// The activity of a session before and after an event. `FAILED` is an idle session whose last
    /// turn the server reported as failed.
    static Stream<Arguments> activities() {
        return TransitionTable.cells(
                """
                            |start  |interrupt   |finish|ask         |resolve     |error       |result
                IDLE        |RUNNING|IDLE        |IDLE  |IDLE        |IDLE        |FAILED      |IDLE
                FAILED      |RUNNING|FAILED      |FAILED|FAILED      |FAILED      |FAILED      |IDLE
                RUNNING     |RUNNING|INTERRUPTING|IDLE  |ASKING      |RUNNING     |RUNNING     |RUNNING
                ASKING      |ASKING |INTERRUPTING|IDLE  |ASKING      |RUNNING     |ASKING      |ASKING
                INTERRUPTING|RUNNING|INTERRUPTING|IDLE  |INTERRUPTING|INTERRUPTING|INTERRUPTING|INTERRUPTING\
                """);
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @MethodSource("activities")
    void itsActivityAfterAnEvent(Activity before, String event, Activity after) {
        switch (before) {
            case IDLE -> {}
            case FAILED -> apply("error");
            case RUNNING -> apply("start");
            case ASKING -> {
                apply("start");
                apply("ask");
            }
            case INTERRUPTING -> {
                apply("start");
                apply("interrupt");
            }
            default -> throw new AssertionError(before);
        }
        assertThat(session.info().activity()).isEqualTo(before);
        apply(event);
        assertThat(session.info().activity()).isEqualTo(after);
    }

    private void apply(String event) {
        switch (event) {
            case "start" -> session.startTurn("", LATER);
            case "interrupt" -> session.interruptTurn();
            case "finish" -> session.finishTurn(LATER);
            case "ask" -> receive("{'type':'control_request','request_id':'r','request':{}}");
            case "resolve" -> session.removeAsk("r");
            case "error" ->
                    session.update(new ListedSession("s", "", false, null, "broken", null, null));
            case "result" -> receive("{'type':'result','subtype':'success'}");
            default -> throw new AssertionError(event);
        }
    }

    @Test
    void theEndOfATurnClosesItsAsks() {
        session.startTurn("hello", LATER);
        receive("{'type':'control_request','request_id':'r','request':{}}");
        session.finishTurn(LATER);
        assertThat(session.pendingAsks()).isEmpty();
    }

    @Test
    void itsTitleIsTheFirstLineOfTheFirstPrompt() {
        session.startTurn("\n  " + "a".repeat(70) + "\nmore", CREATED);
        assertThat(session.info().title()).isEqualTo("a".repeat(60) + "…");
        session.startTurn("another", CREATED);
        assertThat(session.info().title()).startsWith("aaa");
    }

    @Test
    void journaledMessagesGetASeqAndLiveOnesNone() {
        assertThat(MessageSeq.of(receive("{'type':'assistant'}"))).isEqualTo(1);
        assertThat(MessageSeq.of(receive("{'type':'stream_event'}"))).isZero();
        assertThat(session.info().lastSeq()).isEqualTo(1);
    }

    @Test
    void modelModeAndFolderAreThoseOfTheAgent() {
        session.choose(new NewSessionRequest("/w", null, "m1", "plan"));
        session.choose(NewSessionRequest.DEFAULTS);
        receive("{'type':'system','subtype':'init','model':'m2','cwd':'/x'}");
        SessionInfo info = session.info();
        assertThat(info.model()).isEqualTo("m2");
        assertThat(info.permissionMode()).isEqualTo("plan");
        assertThat(info.cwd()).isEqualTo("/x");
    }

    @Test
    void costsNeverDecrease() {
        receive("{'type':'result','total_cost_usd':0.5}");
        receive("{'type':'result'}");
        assertThat(session.info().costUsd()).isEqualTo(0.5);
    }

    @Test
    void anErrorOfTheServerLastsUntilTheNextTurn() {
        session.update(new ListedSession("name", "", false, null, "full", null, LATER));
        assertThat(session.info().activity()).isEqualTo(Activity.FAILED);
        assertThat(session.info().error()).isEqualTo("full");
        session.startTurn("again", LATER);
        session.finishTurn(LATER);
        assertThat(session.info().activity()).isEqualTo(Activity.IDLE);
    }

    @Test
    void itsMessagesAreThoseOfOrielsOwnServer() {
        assertThat(SessionInfo.fromMessage(session.stateMessage())).isEqualTo(session.info());
        assertThat(session.setQueueHeld(true)).isTrue();
        assertThat(session.setQueueHeld(true)).isFalse();
        assertThat(session.queueMessage().tree())
                .isEqualTo(
                        json("{'type':'system','subtype':'oriel_queue','prompts':[],'held':true}"));
    }
}
