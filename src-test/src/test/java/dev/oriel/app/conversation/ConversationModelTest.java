package dev.oriel.app.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.conversation.item.Activity;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.NextStep;
import dev.oriel.app.conversation.item.ToolState;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversationModelTest extends ConversationModelFixture {
    private static final String NO_LOGIN =
            "{\"type\":\"assistant\",\"error\":\"authentication_failed\","
                + "\"message\":{\"id\":\"x\",\"model\":\"<synthetic>\",\"content\":[{\"type\":\"text\",\"text\":\"Not"
                + " logged in\"}]}}";

    private static final String NO_LOGIN_RESULT =
            "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":true,\"result\":\"Not logged"
                    + " in\"}";

    @Test
    void aMessageReceivedTwiceCountsOnce() {
        List<Message> some = prompts(3);
        model.receive(some);
        model.receive(some);

        assertThat(seqs()).containsExactly(1L, 2L, 3L);
        assertThat(model.lastSeq()).isEqualTo(3);
    }

    @Test
    void aToolWhoseResultIsInALaterPageIsPairedWithIt() {
        frames.prompt("go").toolUse("m1", "t1", "Bash", "{}");
        List<Message> first = frames.take();
        frames.toolResult("t1", "ok", false).text("m2", "done");
        model.showLatest(frames.take(), true);
        model.prepend(first, false);

        assertThat(model.items().get(1))
                .isInstanceOfSatisfying(
                        Item.Tool.class,
                        t -> assertThat(t.run().state()).isInstanceOf(ToolState.Ok.class));
    }

    @Test
    void aToolWithoutAResultIsStoppedWhenItsTurnIsOver() {
        frames.prompt("go").toolUse("m1", "t1", "Bash", "{}");
        List<Message> first = frames.take();
        frames.result(5).prompt("next");
        model.showLatest(frames.take(), true);
        model.prepend(first, false);

        assertThat(model.items().get(1))
                .isInstanceOfSatisfying(
                        Item.Tool.class,
                        t -> assertThat(t.run().state()).isInstanceOf(ToolState.Stopped.class));
    }

    @Test
    void theFirstTurnsCostIsKnownOnceTheStartOfTheConversationIsHeld() {
        frames.prompt("a").result(5);
        List<Message> first = frames.take();
        frames.prompt("b").result(5);
        model.showLatest(frames.take(), true);
        model.prepend(first, false);

        assertThat(model.items().stream().filter(Item.TurnEnd.class::isInstance))
                .extracting(i -> ((Item.TurnEnd) i).costUsd())
                .containsExactly(0.0125, 0.0125);
    }

    @Test
    void theFactsNameTheCurrentActivity() {
        model.receive(frames.prompt("go").take());
        assertThat(model.facts().activity()).isInstanceOf(Activity.Waiting.class);

        model.receive(frames.toolUse("m1", "t1", "Bash", "{\"command\":\"make\"}").take());
        assertThat(model.facts().activity().sentence(Instant.parse("2026-03-01T10:00:05Z")))
                .isEqualTo("Run make, 5 s");

        model.receive(
                frames.live(
                                "{\"type\":\"control_request\",\"request_id\":\"r1\","
                                        + "\"request\":{\"subtype\":\"can_use_tool\"}}")
                        .take());
        assertThat(model.facts().activity()).isEqualTo(new Activity.AwaitingAnswer(1));

        model.receive(
                frames.live("{\"type\":\"control_cancel_request\",\"request_id\":\"r1\"}").take());
        assertThat(model.facts().activity()).isInstanceOf(Activity.RunningTool.class);

        model.receive(frames.result(5).take());
        assertThat(model.facts().activity().isBusy()).isFalse();
        assertThat(model.facts().model()).isEqualTo("claude-opus-5-5");
        assertThat(model.facts().contextTokens()).isEqualTo(1_280);
    }

    @Test
    void anAskOfABackgroundTaskOutlivesItsTurn() {
        String ask =
                "{\"type\":\"control_request\",\"request_id\":\"%s\",\"request\":{\"subtype\":\"can_use_tool\"}}";
        String session =
                "{\"type\":\"system\",\"subtype\":\"oriel_session\",\"session\":{\"state\":\"idle\"%s}}";
        model.receive(frames.prompt("go").take());
        model.receive(frames.live(ask.formatted("r1")).take());
        model.receive(frames.result(5).take());
        model.receive(frames.live(session.formatted(",\"asks\":1")).take());
        assertThat(model.facts().activity()).isEqualTo(new Activity.AwaitingAnswer(1));

        model.receive(frames.live(ask.formatted("r2")).take());
        assertThat(model.facts().activity()).isEqualTo(new Activity.AwaitingAnswer(2));

        model.receive(frames.live(session.formatted("")).take());
        assertThat(model.facts().activity().isBusy()).isFalse();
    }

    @Test
    void unsentPromptsStayAtTheEndWithTheReasonUntilTheyAreSent() {
        String unsent =
                "{\"type\":\"system\",\"subtype\":\"oriel_unsent\",\"error\":\"There is none."
                        + " Install it.\",\"prompts\":[%s]}";
        String prompt =
                "{\"type\":\"user\",\"uuid\":\"u1\",\"message\":{\"role\":\"user\",\"content\":\"go\"}}";
        model.receive(frames.live(unsent.formatted(prompt)).take());
        assertThat(model.items())
                .extracting(i -> (Object) i.getClass())
                .containsExactly(Item.Prompt.class, Item.Notice.class);
        assertThat(((Item.Notice) model.items().get(1)).text())
                .isEqualTo("Not sent. There is none. Install it.");

        model.receive(frames.prompt("another").text("m1", "Hello").take());
        assertThat(model.items()).hasSize(4).last().isInstanceOf(Item.Notice.class);
        Item.Notice why = (Item.Notice) model.items().getLast();
        assertThat(why.steps()).containsExactly(new NextStep.SendAgain());
        model.take(why.id(), why.steps().getFirst());
        assertThat(retries.retries()).containsExactly("unsent");

        model.receive(frames.live(unsent.formatted("")).take());
        assertThat(model.items())
                .extracting(i -> (Object) i.getClass())
                .containsExactly(Item.Prompt.class, Item.Answer.class);
    }

    @Test
    void aPromptWithoutALoginIsNotAnsweredAndCanBeSentAgainOnce() {
        // As a stored page, and as live messages.
        model.showLatest(
                frames.prompt("go").journaled(NO_LOGIN).journaled(NO_LOGIN_RESULT).take(), true);
        assertThat(offers()).hasSize(1);
        model.receive(frames.prompt("go on").journaled(NO_LOGIN).journaled(NO_LOGIN_RESULT).take());
        Item.Notice notice = offers().getFirst();
        assertThat(offers()).hasSize(1);
        assertThat(notice.text()).startsWith("Nobody is logged in to Claude.");
        assertThat(notice.details()).containsExactly("Not logged in");
        assertThat(notice.steps())
                .containsExactly(
                        new NextStep.CopyCommand("Copy login command", "claude auth login"),
                        new NextStep.SendAgain());

        model.take(notice.id(), new NextStep.SendAgain());
        model.take(notice.id(), new NextStep.SendAgain());
        assertThat(retries.retries()).containsExactly("prompt go on");
        assertThat(offers()).isEmpty();

        model.receive(frames.prompt("go on").text("m1", "Hello").take());
        assertThat(offers()).isEmpty();
    }

    /// The notices that offer something.
    private List<Item.Notice> offers() {
        return model.items().stream()
                .filter(Item.Notice.class::isInstance)
                .map(Item.Notice.class::cast)
                .filter(n -> !n.steps().isEmpty())
                .toList();
    }

    @Test
    void aRetriedApiRequestNamesTheAttemptAndTheDelay() {
        model.receive(
                frames.journaled(
                                """
                                {"type":"system","subtype":"api_retry","attempt":3,"max_retries":10,
                                 "retry_delay_ms":4000,"error_status":529}
                                """)
                        .take());

        assertThat(model.facts().activity().sentence(NOW))
                .isEqualTo("Claude is overloaded (529). Attempt 3 of 10 in 4 s");
    }

    @Test
    void theListenerIsCalledAfterEveryChange() {
        int[] changes = {0};
        model.setChangeListener(() -> changes[0]++);
        model.receive(prompts(1));
        model.prepend(List.of(), false);

        assertThat(changes[0]).isEqualTo(2);
    }

    private static Message rewound(long seq, long first, long last) {
        return Message.of(
                Json.object()
                        .put("type", "system")
                        .put("subtype", "oriel_rewound")
                        .put("first", first)
                        .put("last", last)
                        .put("seq", seq));
    }

    @Test
    void whatWasRewoundIsHiddenWhenTheConversationIsOpened() {
        List<Message> page = new ArrayList<>(prompts(6));
        page.add(rewound(7, 4, 6));

        model.showLatest(page, false);

        assertThat(seqs()).containsExactly(1L, 2L, 3L, 7L);
        assertThat(model.lastSeq()).isEqualTo(7);
        assertThat(pages.requests()).isEmpty();
    }

    @Test
    void aRewindOfWhatIsShownLoadsTheConversationAgain() {
        List<Message> page = prompts(6);
        model.showLatest(page, false);

        model.receive(List.of(rewound(7, 4, 6)));

        assertThat(pages.requests()).containsExactly("latest");
        List<Message> again = new ArrayList<>(page);
        again.add(rewound(7, 4, 6));
        model.showLatest(again, false);
        assertThat(seqs()).containsExactly(1L, 2L, 3L, 7L);
    }

    @Test
    void theSessionNamesWhatWasRewoundBeforeTheHeldPart() {
        List<Message> all = prompts(30);
        model.showLatest(all.subList(20, 30), true);
        ObjectNode session = Json.object().put("type", "system").put("subtype", "oriel_session");
        session.putObject("session").putArray("rewound").addArray().add(5).add(12);

        model.receive(List.of(Message.of(session)));
        model.prepend(all.subList(0, 20), false);

        assertThat(pages.requests()).containsExactly("older 21");
        assertThat(seqs()).doesNotContain(5L, 12L).contains(4L, 13L);
    }
}
