package dev.oriel.session.branch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentLaunch.Conversation;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.api.SeqRange;
import dev.oriel.testing.server.MemoryJournal;
import dev.oriel.testing.server.StoredSession;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BranchPointFinderTest {
    private static final Conversation ANY = new Conversation.Fresh(UUID.randomUUID());

    private final UUID session = UUID.randomUUID();
    private final UUID conversation = UUID.randomUUID();
    private final MemoryJournal journal = new MemoryJournal();
    private final List<Message> messages = new ArrayList<>();

    @BeforeEach
    void createSession() {
        journal.save(StoredSession.of(session).record());
    }

    private long append(ObjectNode message) {
        messages.add(Message.of(message));
        journal.append(session, messages.size(), List.of(messages.getLast()));
        return messages.size();
    }

    private long prompt() {
        ObjectNode message = Json.object().put("type", "user");
        message.putObject("message").put("role", "user").put("content", "Go on");
        return append(message);
    }

    private long toolResult() {
        ObjectNode message = Json.object().put("type", "user");
        message.putObject("message").putArray("content").addObject().put("tool_use_id", "t1");
        return append(message);
    }

    private UUID answer(UUID of, boolean bySubagent) {
        UUID uuid = UUID.randomUUID();
        ObjectNode message =
                Json.object()
                        .put("type", "assistant")
                        .put("uuid", uuid.toString())
                        .put("session_id", of.toString());
        message.putObject("message").put("role", "assistant");
        append(bySubagent ? message.put("parent_tool_use_id", "t1") : message);
        return uuid;
    }

    private UUID answer() {
        return answer(conversation, false);
    }

    private BranchPointFinder finder(Lineage lineage) {
        return new BranchPointFinder(journal, session, lineage, true);
    }

    @Test
    void theFirstPromptHasNothingBeforeIt() throws Exception {
        long first = prompt();
        answer();

        assertThat(finder(Lineage.NONE).beforePrompt(first)).isEqualTo(new BranchPoint.Start());
    }

    @Test
    void theLastAnswerOfTheAgentItselfCounts() throws Exception {
        prompt();
        UUID last = answer();
        answer(conversation, true);
        toolResult();
        append(Json.object().put("type", "result"));
        long second = prompt();
        answer();

        assertThat(finder(Lineage.NONE).beforePrompt(second))
                .isEqualTo(new BranchPoint.After(conversation, last));
    }

    /// A message by which the agent tells what happened in a turn, such as the result of a tool.
    private UUID event(ObjectNode message) {
        UUID uuid = UUID.randomUUID();
        message.put("type", "user").put("uuid", uuid.toString());
        message.putObject("message").put("role", "user").putArray("content").addObject();
        append(message.put("session_id", conversation.toString()));
        return uuid;
    }

    @Test
    void theResultOfAToolIsKeptIfTheTurnWasStoppedAfterIt() throws Exception {
        prompt();
        answer();
        UUID last = event(Json.object());
        event(Json.object().put("parent_tool_use_id", "t1"));
        append(Json.object().put("type", "result"));
        long second = prompt();

        assertThat(finder(Lineage.NONE).beforePrompt(second))
                .isEqualTo(new BranchPoint.After(conversation, last));
    }

    @Test
    void theSummaryIsKeptOfAConversationThatWasCompacted() throws Exception {
        prompt();
        answer();
        append(Json.object().put("type", "system").put("subtype", "compact_boundary"));
        UUID summary = event(Json.object().put("isSynthetic", true));
        long next = prompt();

        assertThat(finder(Lineage.NONE).beforePrompt(next))
                .isEqualTo(new BranchPoint.After(conversation, summary));
    }

    @Test
    void whatOrielSavedOfAnAnswerIsUnknownToTheAgent() throws Exception {
        prompt();
        UUID known = answer();
        append(
                Json.object()
                        .put("type", "assistant")
                        .put("uuid", UUID.randomUUID().toString())
                        .put("session_id", conversation.toString())
                        .put("oriel_interrupted", true));
        long next = prompt();

        assertThat(finder(Lineage.NONE).beforePrompt(next))
                .isEqualTo(new BranchPoint.After(conversation, known));
    }

    @Test
    void anAnswerFarBeforeIsFound() throws Exception {
        prompt();
        UUID only = answer();
        for (int i = 0; i < 450; i++) {
            append(Json.object().put("type", "system").put("subtype", "status"));
        }

        assertThat(finder(Lineage.NONE).atEnd(messages.size()))
                .isEqualTo(new BranchPoint.After(conversation, only));
    }

    @Test
    void aRewoundAnswerIsNotPartOfTheConversation() throws Exception {
        prompt();
        UUID first = answer();
        long rewound = prompt();
        answer();
        Lineage lineage = Lineage.NONE.rewind(new SeqRange(rewound, messages.size()), ANY);
        append(Json.object().put("type", "system").put("subtype", "oriel_rewound"));
        long third = prompt();

        assertThat(finder(lineage).beforePrompt(third))
                .isEqualTo(new BranchPoint.After(conversation, first));
        assertThatThrownBy(() -> finder(lineage).beforePrompt(rewound))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("rewound");
    }

    @Test
    void thePointKeepsTheConversationInWhichTheAnswerIs() throws Exception {
        UUID earlier = UUID.randomUUID();
        prompt();
        UUID first = answer(earlier, false);
        long second = prompt();
        answer(conversation, false);

        assertThat(finder(Lineage.NONE).beforePrompt(second))
                .isEqualTo(new BranchPoint.After(earlier, first));
    }

    @Test
    void whatWasCompactedCannotBeReturnedTo() throws Exception {
        prompt();
        answer();
        long before = prompt();
        UUID last = answer();
        append(Json.object().put("type", "system").put("subtype", "compact_boundary"));
        long after = prompt();

        assertThatThrownBy(() -> finder(Lineage.NONE).beforePrompt(before))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("compacted");
        assertThat(finder(Lineage.NONE).beforePrompt(after))
                .isEqualTo(new BranchPoint.After(conversation, last));
    }

    @Test
    void anAgentThatReadsTheJournalReturnsToBeforeACompaction() throws Exception {
        prompt();
        UUID first = answer();
        long before = prompt();
        answer();
        append(Json.object().put("type", "system").put("subtype", "compact_boundary"));
        prompt();

        assertThat(
                        new BranchPointFinder(journal, session, Lineage.NONE, false)
                                .beforePrompt(before))
                .isEqualTo(new BranchPoint.After(conversation, first));
    }

    @Test
    void aCompactionThatWasRewoundIsOfNoConsequence() throws Exception {
        prompt();
        UUID first = answer();
        long before = prompt();
        answer();
        long compacted = prompt();
        append(Json.object().put("type", "system").put("subtype", "compact_boundary"));
        long last = prompt();
        Lineage rewound =
                Lineage.NONE.rewind(
                        new SeqRange(compacted, last - 1),
                        new Conversation.Fresh(UUID.randomUUID()));

        assertThat(finder(rewound).beforePrompt(before))
                .isEqualTo(new BranchPoint.After(conversation, first));
    }

    @Test
    void onlyAPromptCanBeReturnedTo() {
        prompt();
        answer();
        long result = toolResult();

        for (long seq : new long[] {result, 2, 99, 0, -1, Long.MAX_VALUE}) {
            assertThatThrownBy(() -> finder(Lineage.NONE).beforePrompt(seq))
                    .as("seq %d", seq)
                    .isInstanceOf(BadRequestException.class);
        }
    }
}
