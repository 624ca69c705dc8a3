package dev.oriel.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.client.ConnectionStatus;
import dev.oriel.message.Message;
import dev.oriel.testing.manual.ManualClock;
import dev.oriel.testing.manual.ManualScheduler;
import dev.oriel.testing.manual.RecordingPages;
import dev.oriel.testing.manual.RecordingRetries;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the status line shows, and when it is updated by itself.
class StatusLineTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualClock clock = new ManualClock();
    private final ManualScheduler scheduler = new ManualScheduler();
    private int refreshes;
    private final StatusLine line = new StatusLine(scheduler, clock, () -> refreshes++);
    private final ConversationModel conversation =
            new ConversationModel(new RecordingPages(), new RecordingRetries(), clock);

    private ConnectionStatus reconnecting(Duration in, int max) {
        return new ConnectionStatus.Reconnecting(2, max, clock.instant().plus(in), "It went down.");
    }

    private void receive(String... messages) throws Exception {
        for (String json : messages) {
            conversation.receive(List.of(Message.parse(json.replace('\'', '"'))));
        }
    }

    private String reason(boolean busy) {
        line.update(new ConnectionStatus.Live(), busy, conversation);
        return line.waitReason().get();
    }

    @ParameterizedTest
    @CsvSource({
        "0,     Reconnecting",
        "1,     Reconnecting in 1 s",
        "1000,  Reconnecting in 1 s",
        "1001,  Reconnecting in 2 s",
        "-3000, Reconnecting"
    })
    void theTimeToTheNextAttemptIsRoundedUp(long millis, String text) {
        line.update(reconnecting(Duration.ofMillis(millis), 10), false, null);
        assertThat(line.connection().get())
                .isEqualTo(
                        new ConnectionLabel(
                                text,
                                "It went down. Attempt 2 of 10.",
                                ConnectionLabel.State.RECONNECTING));
        assertThat(line.waitReason().get())
                .isEqualTo("It went down. Attempt 2 of 10. " + text + ".");
    }

    @Test
    void attemptsWithoutALimitAreNotCounted() {
        line.update(reconnecting(SECOND, 0), false, null);
        assertThat(line.waitReason().get()).isEqualTo("It went down. Reconnecting in 1 s.");
    }

    @Test
    void aConnectionThatIsNotLiveIsTheReasonAlsoDuringATurn() {
        line.update(
                new ConnectionStatus.Offline("You stopped it.", ConnectionStatus.Reason.CLOSED),
                true,
                conversation);
        assertThat(line.waitReason().get()).isEqualTo("Offline. You stopped it.");
        line.update(new ConnectionStatus.Connecting(), true, conversation);
        assertThat(line.waitReason().get()).isEmpty();
    }

    @Test
    void aTurnOfWhichNothingIsKnownIsWork() {
        assertThat(reason(true)).isEqualTo("Working");
        assertThat(reason(false)).isEmpty();
        line.update(new ConnectionStatus.Live(), true, null);
        assertThat(line.waitReason().get()).isEmpty();
    }

    @Test
    void whatTheConversationShowsIsNotRepeated() throws Exception {
        receive("{'type':'system','subtype':'status','status':'requesting'}");
        assertThat(reason(true)).isEqualTo("Waiting for Claude");
        receive(
                "{'type':'stream_event','event':{'type':'content_block_start','index':0,"
                        + "'content_block':{'type':'text','text':''}}}");
        assertThat(reason(true)).isEmpty();
        receive(
                "{'type':'assistant','message':{'id':'m','content':[{'type':'tool_use','id':'t',"
                        + "'name':'Bash','input':{'command':'ls'}}]}}");
        assertThat(reason(true)).isEmpty();
        receive(
                "{'type':'control_request','request_id':'r','request':"
                        + "{'subtype':'can_use_tool','tool_name':'Bash','tool_use_id':'t'}}");
        assertThat(reason(true)).isEmpty();
        receive("{'type':'system','subtype':'status','status':'compacting'}");
        conversation.onAskResolved("r");
        receive(
                "{'type':'user','message':{'content':[{'type':'tool_result','tool_use_id':'t',"
                        + "'content':'a'}]}}",
                "{'type':'system','subtype':'status','status':'compacting'}");
        assertThat(reason(true)).isEqualTo("Compacting the conversation");
    }

    @Test
    void secondsAreCountedByOneTimerWhileSomethingIsAwaited() {
        line.update(new ConnectionStatus.Live(), true, conversation);
        line.update(new ConnectionStatus.Live(), true, conversation);
        scheduler.advance(SECOND);
        assertThat(refreshes).isEqualTo(1);
        // `refresh` did not update the line here, so no further timer was started.
        scheduler.advance(SECOND);
        assertThat(refreshes).isEqualTo(1);

        line.update(reconnecting(SECOND, 3), false, null);
        scheduler.advance(SECOND);
        assertThat(refreshes).isEqualTo(2);
        line.update(new ConnectionStatus.Live(), false, conversation);
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(refreshes).isEqualTo(2);
    }
}
