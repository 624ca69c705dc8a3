package dev.oriel.session.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.oriel.agent.FolderCommands;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// A session that inspects its folder before its agent starts, and other sessions that want its
/// place meanwhile.
class FolderInspectionTest extends TurnFixture {
    private final OtherSession other = new OtherSession();
    private final OtherSession next = new OtherSession();

    FolderInspectionTest() {
        provider.setFolderInspector(_ -> FolderCommands.NONE);
    }

    /// Queues a prompt that waits for the only place, with another session waiting after it.
    private UUID promptWithoutPlace() throws Exception {
        other.takePlace();
        UUID prompt = prompt("Hello");
        await().until(lane::runOne); // inspected; there is no place
        next.takePlace();
        return prompt;
    }

    @Test
    void thePromptStartsAfterTheInspection() throws Exception {
        UUID prompt = promptWithoutPlace();
        other.leave();
        assertThat(lane.runOne()).isTrue(); // inspects again
        assertThat(provider.agents()).isEmpty();
        await().until(lane::runOne);
        assertThat(turns.isAnswering(prompt)).isTrue();
        assertThat(next.notified()).isZero();
    }

    @Test
    void aPlaceThatIsNotNeededAfterTheInspectionGoesToTheNextSession() throws Exception {
        UUID prompt = promptWithoutPlace();
        other.leave();
        assertThat(lane.runOne()).isTrue(); // inspects again
        model.prompts().cancel(prompt);
        await().until(lane::runOne);
        assertThat(provider.agents()).isEmpty();
        assertThat(next.notified()).isEqualTo(1);
    }
}
