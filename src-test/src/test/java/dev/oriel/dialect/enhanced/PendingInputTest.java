package dev.oriel.dialect.enhanced;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.event.SessionEvent.MessageEvent;
import dev.oriel.session.event.SessionEvent.Progress;
import dev.oriel.session.event.SessionEvent.PromptChanged;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PendingInputTest {
    private final PendingInput input = new PendingInput();

    private static List<String> texts(List<Message> messages) {
        return messages.stream().map(m -> UserMessages.text(m.tree())).toList();
    }

    private static UUID uuid(Message message) {
        return UUID.fromString(String.valueOf(message.uuid()));
    }

    @Test
    void textThatNoTurnHasReceivedPrecedesTheNextPrompt() throws Exception {
        input.add("first");
        input.add("second");
        assertThat(input.prependTo("prompt")).isEqualTo("first\n\nsecond\n\nprompt");
        assertThat(input.prependTo("next")).isEqualTo("next");
    }

    @Test
    void aRunningTurnReceivesEachTextOnceAndInOrder() throws Exception {
        input.add("first");
        input.add("second");
        assertThat(texts(input.drainToMessages())).containsExactly("first", "second");
        assertThat(input.drainToMessages()).isEmpty();
        assertThat(input.prependTo("prompt")).isEqualTo("prompt");
    }

    @Test
    void blankTextIsNotSent() throws Exception {
        input.add(" \n");
        assertThat(input.drainToMessages()).isEmpty();
    }

    @Test
    void textThatCameTooLateForItsTurnIsKeptForTheNext() throws Exception {
        input.add("late");
        Message sent = input.drainToMessages().getFirst();
        input.onEvent(new PromptChanged(uuid(sent), Progress.CANCELLED));
        assertThat(input.prependTo("prompt")).isEqualTo("late\n\nprompt");
    }

    @Test
    void textThatATurnHasProcessedIsNotSentAgain() throws Exception {
        input.add("in time");
        Message sent = input.drainToMessages().getFirst();
        input.onEvent(new MessageEvent(sent));
        input.onEvent(new PromptChanged(uuid(sent), Progress.CANCELLED));
        assertThat(input.prependTo("prompt")).isEqualTo("prompt");
    }

    @Test
    void promptsOfOthersThatAreCancelledAreNotInput() {
        input.onEvent(new PromptChanged(UUID.randomUUID(), Progress.CANCELLED));
        assertThat(input.prependTo("prompt")).isEqualTo("prompt");
    }

    @Test
    void tooMuchTextIsRefusedAndWhatIsPendingStays() throws Exception {
        input.add("x".repeat(999_999));
        input.add("y");
        assertThatThrownBy(() -> input.add("z"))
                .isInstanceOf(BadRequestException.class)
                .hasMessage("Too much input waits for a query.");
        assertThat(input.prependTo("")).hasSize(999_999 + 2 + 1 + 2).doesNotContain("z");
        input.add("room again");
    }
}
