package dev.oriel.session.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.agent.FolderCommands;
import dev.oriel.agent.FolderCommands.Item;
import dev.oriel.message.Message;
import dev.oriel.session.control.Role;
import dev.oriel.session.event.SessionEvent.AskClosed;
import dev.oriel.session.event.SessionEvent.Notice;
import dev.oriel.session.event.SessionEvent.TrustRequested;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What an agent may run of its folder, and when the owner is asked. The test decides what an
/// inspection finds.
class FolderTrustCheckTest extends TurnFixture {
    private static final FolderCommands HOOK = commands("touch ran");

    private volatile FolderCommands found = HOOK;
    private int trusts;

    FolderTrustCheckTest() {
        provider.setFolderInspector(_ -> found);
        client.role = Role.OWNER;
    }

    private static FolderCommands commands(String... texts) {
        List<Item> items = new ArrayList<>();
        for (String text : texts) {
            items.add(new Item("settings.json", "hook", text));
        }
        return new FolderCommands(items);
    }

    /// Runs a turn from its prompt to its result, with a new agent.
    private boolean startsTrusted(int n) throws Exception {
        prompt("go");
        await().until(() -> lane.runOne() && provider.agents().size() == n + 1);
        boolean trusted = agent(n).launch().folderTrusted();
        agent(n).emitResult();
        lane.runAll();
        agent(n).exit(ExitCause.ASKED);
        lane.runAll();
        return trusted;
    }

    private boolean reply(Events from, String requestId, String behavior) throws Exception {
        Message reply =
                Message.parse(
                        """
                        {"type":"control_response","response":{"subtype":"success",
                         "request_id":"%s","response":{"behavior":"%s"}}}\
                        """
                                .formatted(requestId, behavior));
        return turns.agent().trust().receiveReply(from, reply, () -> trusts++);
    }

    @Test
    void aFolderWithoutCommandsNeedsNoTrust() throws Exception {
        found = FolderCommands.NONE;
        assertThat(startsTrusted(0)).isTrue();
        assertThat(client.all(TrustRequested.class)).isEmpty();
    }

    @Test
    void theOwnerIsAskedOnceAboutTheSameCommands() throws Exception {
        assertThat(startsTrusted(0)).isFalse();
        assertThat(startsTrusted(1)).isFalse();
        TrustRequested question = client.last(TrustRequested.class);
        assertThat(client.all(TrustRequested.class)).hasSize(1);
        assertThat(question.folder()).isEqualTo(folder.toString());
        assertThat(question.items()).isEqualTo(HOOK.items());
        assertThat(question.more()).isZero();
        assertThat(client.all(Notice.class))
                .extracting(Notice::code)
                .containsExactly("untrusted_folder");
    }

    @Test
    void otherCommandsAreAnotherQuestionThatReplacesTheFirst() throws Exception {
        startsTrusted(0);
        String first = client.last(TrustRequested.class).requestId();
        found = commands("touch other");
        startsTrusted(1);
        assertThat(client.last(AskClosed.class).requestId()).isEqualTo(first);
        assertThat(client.last(TrustRequested.class).items()).isEqualTo(found.items());
        assertThat(reply(client, first, "allow")).as("a reply to the first one").isFalse();
    }

    @Test
    void trustHoldsForTheNextAgentAndForTheseCommandsOnly() throws Exception {
        startsTrusted(0);
        assertThat(reply(client, client.last(TrustRequested.class).requestId(), "allow")).isTrue();
        await().until(() -> lane.runOne() && trusts == 1);
        output.flush();
        assertThat(client.last(Notice.class).code()).isEqualTo("trusted_folder");
        assertThat(startsTrusted(1)).isTrue();
        found = commands("touch other");
        assertThat(startsTrusted(2)).isFalse();
        assertThat(client.all(TrustRequested.class)).hasSize(2);
    }

    @Test
    void aRefusalClosesTheQuestionForTheOthersAndTrustsNothing() throws Exception {
        var other = new Events();
        output.subscribe(other, null);
        startsTrusted(0);
        String id = client.last(TrustRequested.class).requestId();
        assertThat(reply(client, id, "deny")).isTrue();
        assertThat(other.last(AskClosed.class).requestId()).isEqualTo(id);
        assertThat(client.all(AskClosed.class)).isEmpty();
        assertThat(model.trust().pending()).isEmpty();
        assertThat(startsTrusted(1)).isFalse();
        assertThat(client.all(TrustRequested.class)).as("it is not asked again").hasSize(1);
        assertThat(trusts).isZero();
    }

    @Test
    void aGuestsReplyLeavesTheQuestionOpen() throws Exception {
        startsTrusted(0);
        String id = client.last(TrustRequested.class).requestId();
        assertThat(reply(new Events(), id, "allow")).as("it is a reply to this").isTrue();
        assertThat(model.trust().pending()).isPresent();
        assertThat(startsTrusted(1)).isFalse();
    }

    @Test
    void aReplyToAnotherAskIsNotTaken() throws Exception {
        assertThat(reply(client, "ask-1", "allow")).isFalse();
        startsTrusted(0);
        assertThat(reply(client, "ask-1", "allow")).isFalse();
        assertThat(model.trust().pending()).isPresent();
    }

    @Test
    void aLongListIsCutAndCounted() throws Exception {
        String[] texts = new String[103];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = "touch " + i;
        }
        texts[0] = "x".repeat(1_999) + "🙂";
        texts[1] = "x".repeat(2_000);
        found = commands(texts);
        startsTrusted(0);
        TrustRequested question = client.last(TrustRequested.class);
        assertThat(question.items()).hasSize(100);
        assertThat(question.more()).isEqualTo(3);
        assertThat(question.items().get(0).text())
                .isEqualTo("x".repeat(1_999) + "… (2001 characters)");
        assertThat(question.items().get(1).text()).isEqualTo(texts[1]);
    }

    @Test
    void anInspectionThatFailsTrustsNothingAndAsksNothing() throws Exception {
        provider.setFolderInspector(null);
        var failing =
                new FolderTrustCheck(
                        model,
                        output,
                        lane,
                        trusted,
                        _ -> {
                            throw new IllegalStateException("a bug");
                        });
        int[] known = new int[1];
        assertThat(failing.takeResult(() -> known[0]++)).isEqualTo(FolderTrustCheck.Result.UNKNOWN);
        assertThat(failing.isInspecting()).isTrue();
        assertThat(failing.takeResult(() -> known[0] += 10))
                .as("one inspection at a time")
                .isEqualTo(FolderTrustCheck.Result.UNKNOWN);
        await().until(lane::runOne);
        assertThat(known[0]).isEqualTo(1);
        assertThat(failing.isInspecting()).isFalse();
        assertThat(failing.takeResult(() -> {})).isEqualTo(FolderTrustCheck.Result.UNTRUSTED);
        assertThat(client.all(TrustRequested.class)).isEmpty();
        assertThat(failing.takeResult(() -> {}))
                .as("the next agent's folder is inspected again")
                .isEqualTo(FolderTrustCheck.Result.UNKNOWN);
    }

    @Test
    void withoutAnInspectorEveryFolderIsTrustedAtOnce() {
        var check = new FolderTrustCheck(model, output, lane, trusted, null);
        assertThat(check.takeResult(() -> {})).isEqualTo(FolderTrustCheck.Result.TRUSTED);
        assertThat(check.isInspecting()).isFalse();
    }
}
