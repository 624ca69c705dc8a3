package dev.oriel.agent.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.agent.AgentLaunch.Conversation.Branched;
import dev.oriel.agent.AgentLaunch.Conversation.Fresh;
import dev.oriel.agent.AgentLaunch.Conversation.Resumed;
import dev.oriel.message.Json;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The reason why a CLI ended, from what is known about it.
class ExitReasonTrackerTest {
    private static final List<String> TAKEN = List.of("Error: Session ID abc is already in use.");
    private static final List<String> MISSING =
            List.of("No conversation found with session ID: abc");

    private final ExitReasonTracker fresh = new ExitReasonTracker(new Fresh(UUID.randomUUID()));
    private final ExitReasonTracker resumed = new ExitReasonTracker(new Resumed(UUID.randomUUID()));

    private static ObjectNode result(String error) {
        ObjectNode result = Json.object().put("type", "result");
        result.putArray("errors").add(error);
        return result;
    }

    @Test
    void aCliThatWroteNothingHasCrashed() {
        assertThat(fresh.cause(false, List.of())).isEqualTo(ExitCause.CRASHED);
        assertThat(resumed.cause(false, List.of())).isEqualTo(ExitCause.CRASHED);
    }

    @Test
    void aCliThatEndsBetweenTurnsLeftByItself() {
        fresh.onOutput();
        assertThat(fresh.cause(false, List.of())).isEqualTo(ExitCause.ASKED);
    }

    @Test
    void aCliThatEndsInATurnHasCrashed() {
        fresh.onOutput();
        assertThat(fresh.cause(true, List.of())).isEqualTo(ExitCause.CRASHED);
    }

    @Test
    void aRequestedCloseIsTheCauseInATurnToo() {
        fresh.onOutput();
        fresh.onCloseRequested();
        assertThat(fresh.cause(true, List.of())).isEqualTo(ExitCause.ASKED);
    }

    @Test
    void anEnforcedInterruptIsTheCauseWhicheverComesFirst() {
        fresh.onInterruptEnforced();
        fresh.onCloseRequested();
        resumed.onCloseRequested();
        resumed.onInterruptEnforced();
        assertThat(fresh.cause(true, List.of())).isEqualTo(ExitCause.STOPPED);
        assertThat(resumed.cause(true, MISSING)).isEqualTo(ExitCause.STOPPED);
    }

    @Test
    void aMissingConversationIsRecognisedByTheResult() {
        assertThat(resumed.isConversationMissing(result(MISSING.getFirst()))).isTrue();
        assertThat(resumed.cause(true, List.of())).isEqualTo(ExitCause.CONVERSATION_GONE);
    }

    @Test
    void aMissingConversationIsRecognisedByStandardError() {
        assertThat(resumed.cause(false, MISSING)).isEqualTo(ExitCause.CONVERSATION_GONE);
    }

    @Test
    void aBranchWhosePointIsGoneHasNoConversation() {
        String gone = "No message found with message.uuid of: abc";
        UUID any = UUID.randomUUID();
        ExitReasonTracker branched = new ExitReasonTracker(new Branched(any, any, any));
        assertThat(branched.cause(false, List.of(gone))).isEqualTo(ExitCause.CONVERSATION_GONE);
        assertThat(branched.isConversationMissing(result(gone))).isTrue();
        assertThat(branched.cause(true, List.of())).isEqualTo(ExitCause.CONVERSATION_GONE);
    }

    @Test
    void aResultWithTheSameWordsLaterInTheConversationIsAnOrdinaryOne() {
        resumed.onOutput();
        assertThat(resumed.isConversationMissing(result(MISSING.getFirst()))).isFalse();
        assertThat(fresh.isConversationMissing(result(MISSING.getFirst()))).isFalse();
        assertThat(resumed.cause(true, MISSING)).isEqualTo(ExitCause.CRASHED);
    }

    @Test
    void anOrdinaryResultIsNoMissingConversation() {
        assertThat(resumed.isConversationMissing(result("Overloaded"))).isFalse();
    }

    @Test
    void aNewConversationWhoseIdIsTakenIsResumedOnce() {
        assertThat(fresh.resumeIfTaken(TAKEN)).isTrue();
        assertThat(fresh.resumeIfTaken(TAKEN)).isFalse();
        assertThat(fresh.isConversationMissing(result(MISSING.getFirst()))).isTrue();
    }

    @Test
    void aConversationIsNotResumedAfterACloseOrOutput() {
        fresh.onCloseRequested();
        resumed.onOutput();
        assertThat(fresh.resumeIfTaken(TAKEN)).isFalse();
        assertThat(resumed.resumeIfTaken(TAKEN)).isFalse();
        assertThat(new ExitReasonTracker(new Fresh(UUID.randomUUID())).resumeIfTaken(MISSING))
                .isFalse();
    }

    @Test
    void onlyTheFirstMessageIsReportedAsTheFirst() {
        assertThat(fresh.onOutput()).isTrue();
        assertThat(fresh.onOutput()).isFalse();
    }
}
