package dev.oriel.agent.api.subagent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubagentTypesTest {
    @TempDir Path root;

    private SubagentTypes load(@Nullable String options) {
        return SubagentTypes.load(options, root.resolve("work"), root.resolve("home"));
    }

    private void write(String place, String file, String text) throws IOException {
        Path agents = root.resolve(place).resolve(".claude/agents");
        Files.createDirectories(agents);
        Files.writeString(agents.resolve(file), text);
    }

    private static AgentDefinition parsed(String text) {
        AgentDefinition definition = AgentFile.parse("file", text);
        assertThat(definition).isNotNull();
        return java.util.Objects.requireNonNull(definition);
    }

    @Test
    void hasBuiltInTypes() {
        SubagentTypes definitions = load(null);
        assertThat(definitions.all().stream().map(AgentDefinition::name))
                .containsExactly("Explore", "Plan", "general-purpose");
        AgentDefinition explore = find(definitions, "Explore");
        assertThat(explore.has("Read")).isTrue();
        assertThat(explore.has("Edit")).isFalse();
        assertThat(find(definitions, "general-purpose").has("Edit")).isTrue();
        assertThat(definitions.list().getFirst().path("model").asText()).isEqualTo("inherit");
    }

    @Test
    void readsFiles() {
        AgentDefinition definition =
                parsed(
                        """
                        ---
                        name: reviewer
                        description: "Reviews: code"
                        tools: Read, Grep
                        model: inherit
                        ---

                        You review.
                        ---
                        Twice.
                        """);
        assertThat(definition)
                .isEqualTo(
                        new AgentDefinition(
                                "reviewer",
                                "Reviews: code",
                                "You review.\n---\nTwice.",
                                List.of("Read", "Grep"),
                                List.of(),
                                null));
    }

    @Test
    void readsListsAndLongTexts() {
        AgentDefinition definition =
                parsed(
                        """
                        ---
                        # comment
                        description: >-
                          one
                          two
                        tools:
                          - Read
                          - "Grep"
                        disallowedTools: [Bash, 'Edit']
                        model: haiku
                        ---
                        """);
        assertThat(definition)
                .isEqualTo(
                        new AgentDefinition(
                                "file",
                                "one two",
                                null,
                                List.of("Read", "Grep"),
                                List.of("Bash", "Edit"),
                                "haiku"));
    }

    @Test
    void leavesOutWhatIsNoDefinition() throws IOException {
        assertThat(AgentFile.parse("x", "# Title")).isNull();
        assertThat(AgentFile.parse("x", "")).isNull();
        assertThat(AgentFile.parse("x", "---\nname: x\n---\nNo description.")).isNull();
        assertThat(AgentFile.parse("x", "---\ndescription: never ends")).isNull();
        write("work", "broken.md", "---");
        write("work", "large.md", "---\ndescription: x\n---\n" + "x".repeat(100_000));
        write("work", "other.txt", "---\ndescription: x\n---\n");
        Files.createDirectory(root.resolve("work/.claude/agents/folder.md"));
        assertThat(load(null).all()).hasSize(3);
    }

    @Test
    void prefersTheClientThenTheFolderThenTheHome() throws IOException {
        write("home", "a.md", "---\nname: a\ndescription: home\n---\n");
        write("home", "b.md", "---\nname: b\ndescription: home\n---\n");
        write("work", "b.md", "---\nname: b\ndescription: work\n---\n");
        write("work", "c.md", "---\nname: c\ndescription: work\n---\n");
        SubagentTypes definitions =
                load(
                        """
                        {"c":{"description":"client","prompt":"p","tools":["Read"],"model":"opus"},
                        "d":{"prompt":"no description"}}
                        """);
        assertThat(find(definitions, "a").description()).isEqualTo("home");
        assertThat(find(definitions, "b").description()).isEqualTo("work");
        assertThat(definitions.find("c"))
                .isEqualTo(
                        new AgentDefinition(
                                "c", "client", "p", List.of("Read"), List.of(), "opus"));
        assertThat(definitions.find("d")).isNull();
    }

    @Test
    void neverLetsSubagentsStartSubagentsOrAskTheUser() {
        AgentDefinition all =
                new AgentDefinition("x", "x", null, List.of("Agent", "Read"), List.of(), null);
        assertThat(all.has("Agent")).isFalse();
        assertThat(all.has("AskUserQuestion")).isFalse();
        assertThat(all.has("Read")).isTrue();
        assertThat(all.has("Grep")).isFalse();
    }

    private static AgentDefinition find(SubagentTypes definitions, String name) {
        AgentDefinition found = definitions.find(name);
        assertThat(found).as(name).isNotNull();
        return Objects.requireNonNull(found);
    }
}
