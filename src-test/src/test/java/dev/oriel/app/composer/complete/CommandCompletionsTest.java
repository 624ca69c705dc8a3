package dev.oriel.app.composer.complete;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.message.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandCompletionsTest {
    private static final List<AgentCommand> AGENT =
            List.of(
                    command("code-review", "Review the diff", "[low|high]", true, "review"),
                    command("compact", "Free up context", "<instructions>", true),
                    command("usage", "Show the cost", "", true, "cost", "stats"),
                    command("color", "Prompt bar color", "", true),
                    command("release", "Our release steps", "", false));
    private static final List<OwnCommand> OWN =
            List.of(new OwnCommand("new", "Start a new session", () -> {}));

    private static AgentCommand command(
            String name, String description, String hint, boolean builtin, String... aliases) {
        return new AgentCommand(name, description, hint, List.of(aliases), builtin);
    }

    private static FoundCompletions find(String text) {
        return CommandCompletions.find(
                CompletionTrigger.find(text, text.length()).orElseThrow(), AGENT, OWN);
    }

    private static List<String> names(String text) {
        return find(text).rows().stream().map(Completion::name).toList();
    }

    @Test
    void aSlashListsTheFoldersOwnCommandsFirstThenAllByName() {
        assertThat(names("/"))
                .containsExactly("/release", "/code-review", "/compact", "/new", "/usage");
    }

    @Test
    void theBestMatchIsFirst() {
        assertThat(names("/rev")).first().isEqualTo("/code-review");
        assertThat(names("/comp")).first().isEqualTo("/compact");
    }

    @Test
    void anAliasFindsItsCommandAndIsNamed() {
        Completion row = find("/cost").rows().getFirst();
        assertThat(row.name()).isEqualTo("/usage");
        assertThat(row.detail()).contains("also /cost");
        assertThat(row.insertion()).isEqualTo("/usage ");
    }

    @Test
    void theTypedCharactersArePositionsInTheNameWithItsSlash() {
        assertThat(find("/com").rows().getFirst().matched()).containsExactly(1, 2, 3);
    }

    @Test
    void aCommandThatNeedsATerminalIsExplainedOnceItIsTyped() {
        assertThat(names("/")).doesNotContain("/color", "/login");
        Completion row = find("/login").rows().getFirst();
        assertThat(row.name()).isEqualTo("/login");
        assertThat(row.canBeAccepted()).isFalse();
        assertThat(row.explanation()).contains("terminal");
        assertThat(find("/colo").rows()).noneMatch(Completion::canBeAccepted);
    }

    @Test
    void insideOfATextCommandsAreListedWithTheRemarkThatTheyDoNotRun() {
        FoundCompletions found = find("please /comp");
        assertThat(found.note()).contains("only at the start");
        assertThat(found.rows()).extracting(Completion::name).contains("/compact");
        assertThat(names("please /new")).doesNotContain("/new");
        assertThat(found.rows().getFirst().argumentHint()).isEmpty();
    }

    @Test
    void theWindowsCommandReplacesTheAgentsOfTheSameName() {
        List<OwnCommand> own = List.of(new OwnCommand("usage", "Show costs", () -> {}));
        List<Completion> rows =
                CommandCompletions.find(
                                CompletionTrigger.find("/usage", 6).orElseThrow(), AGENT, own)
                        .rows();
        assertThat(rows).extracting(Completion::kind).containsExactly(Completion.Kind.OWN_COMMAND);
    }

    @Test
    void anUnknownNameFindsNothing() {
        assertThat(find("/zzz").rows()).isEmpty();
    }

    @Test
    void theReplyOfTheAgentIsReadLeniently() {
        var reply = Json.object();
        var list = reply.putArray("commands");
        list.addObject().put("name", "a").put("description", "A");
        list.addObject().put("name", "__internal");
        list.addObject().put("name", "two words");
        list.addObject().put("name", "evil\u202ename");
        list.addObject().put("name", "x".repeat(5_000));
        list.add("text").addNull();
        list.addObject().put("name", 7).putArray("aliases").add("").add("ok").add(1);
        assertThat(AgentCommand.listFromJson(reply))
                .extracting(AgentCommand::name)
                .containsExactly("a", "7");
        assertThat(AgentCommand.listFromJson(Json.object())).isEmpty();
    }
}
