package dev.oriel.client.sessions;

import static dev.oriel.client.compat.protocol.EffectSummary.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.sessions.ResumePosition.Step;
import dev.oriel.client.sessions.ResumePosition.Step.Deliver;
import dev.oriel.client.sessions.ResumePosition.Step.Gap;
import dev.oriel.client.sessions.ResumePosition.Step.JournalReplaced;
import dev.oriel.client.sessions.ResumePosition.Step.Skip;
import dev.oriel.message.Message;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ResumePositionTest {
    private static final String LIVE = "{'type':'stream_event'}";

    private static String journaled(long seq) {
        return "{'seq':" + seq + ",'type':'assistant'}";
    }

    private static String session(String journal, long lastSeq) {
        return "{'type':'system','subtype':'oriel_session','journal':'%s','session':{'last_seq':%d}}"
                .formatted(journal, lastSeq);
    }

    private static ResumePosition at(long seq, @Nullable String journal) {
        return new ResumePosition(seq, journal);
    }

    static Stream<Arguments> table() {
        return Stream.of(
                Arguments.of(at(0, null), journaled(1), new Deliver(at(1, null))),
                Arguments.of(at(4, "a"), journaled(5), new Deliver(at(5, "a"))),
                Arguments.of(at(4, "a"), journaled(4), new Skip()),
                Arguments.of(at(4, "a"), journaled(1), new Skip()),
                Arguments.of(at(4, "a"), journaled(6), new Gap()),
                Arguments.of(at(4, "a"), LIVE, new Deliver(at(4, "a"))),
                // The identity of the journal is learned, and then compared.
                Arguments.of(at(4, null), session("a", 9), new Deliver(at(4, "a"))),
                Arguments.of(at(4, "a"), session("a", 4), new Deliver(at(4, "a"))),
                Arguments.of(at(4, "a"), session("b", 9), new JournalReplaced()),
                // A journal that has lost what was received is another one, too.
                Arguments.of(at(4, "a"), session("a", 3), new JournalReplaced()),
                Arguments.of(at(4, null), session("a", 3), new JournalReplaced()),
                // Older servers send no identity.
                Arguments.of(
                        at(4, "a"),
                        "{'type':'system','subtype':'oriel_session','session':{'last_seq':1}}",
                        new Deliver(at(4, "a"))),
                Arguments.of(
                        at(4, null),
                        "{'type':'system','subtype':'oriel_session','journal':'a','session':{}}",
                        new Deliver(at(4, "a"))));
    }

    @ParameterizedTest
    @MethodSource("table")
    void everyMessageIsDeliveredOnceInOrder(ResumePosition before, String message, Step step) {
        assertThat(before.on(Message.of(json(message)))).isEqualTo(step);
    }

    @Test
    void theSubscriptionNamesThePositionAndTheJournal() {
        assertThat(ResumePosition.START.query()).isEqualTo("after=0");
        assertThat(at(12, "a b").query()).isEqualTo("after=12&journal=a+b");
    }
}
