package dev.oriel.session.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.FolderCommands;
import dev.oriel.message.Message;
import dev.oriel.session.control.Role;
import dev.oriel.session.event.SessionEvent;
import dev.oriel.session.event.SessionEvent.AskOpened;
import dev.oriel.session.event.SessionEvent.QueueChanged;
import dev.oriel.session.event.SessionEvent.SessionChanged;
import dev.oriel.session.event.SessionEvent.TrustRequested;
import dev.oriel.session.event.SessionEvent.UnsentPrompts;
import dev.oriel.session.turn.TurnFixture;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What a subscriber gets when it becomes live: nothing that is empty, and all that is pending.
class GreetingTest extends TurnFixture {
    private List<SessionEvent> greeting(Role role) {
        var late = new Events();
        late.role = role;
        output.subscribe(late, null);
        return late.events;
    }

    @Test
    void aFreshSessionIsOnlyItsSessionObject() {
        assertThat(greeting(Role.OWNER)).singleElement().isInstanceOf(SessionChanged.class);
    }

    @Test
    void aSessionAtWorkIsDescribedCompletely() throws Exception {
        provider.setUnavailable("There is none.");
        UUID unsent = prompt("unsent");
        provider.setUnavailable(null);
        prompt("running");
        UUID waiting = prompt("waiting");
        agent(0).emitTextStart();
        agent(0).emitDelta("It was");
        agent(0).emitAsk("ask-1", "Bash", "{}");
        lane.runAll();
        List<SessionEvent> events = greeting(Role.GUEST);
        assertThat(((SessionChanged) events.get(0)).session().state().wireName())
                .isEqualTo("asking");
        assertThat(((QueueChanged) events.get(1)).prompts())
                .extracting(Message::uuid)
                .containsExactly(waiting.toString());
        assertThat(((UnsentPrompts) events.get(2)).prompts())
                .extracting(Message::uuid)
                .containsExactly(unsent.toString());
        assertThat(events.subList(3, 6).toString())
                .contains("message_start", "content_block_start", "It was");
        assertThat(((AskOpened) events.get(6)).ask().requestId()).isEqualTo("ask-1");
        assertThat(events).hasSize(7);
    }

    /// A client drops the asks that it knows when it gets a state in which nothing is asked.
    @Test
    void onlyAnOwnerIsAskedAboutTheFolderAndFirst() {
        model.trust()
                .open(new TrustRequested("trust-1", "/", FolderCommands.NONE.items(), 0), "digest");
        assertThat(greeting(Role.OWNER).getFirst()).isInstanceOf(TrustRequested.class);
        assertThat(greeting(Role.GUEST)).doesNotHaveAnyElementsOfTypes(TrustRequested.class);
    }
}
