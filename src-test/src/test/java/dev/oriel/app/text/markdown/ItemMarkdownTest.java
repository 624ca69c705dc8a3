package dev.oriel.app.text.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.SubagentRun;
import dev.oriel.app.conversation.item.ToolOutput;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.ToolState;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Items copied as Markdown: a Markdown parser reads the same text from them.
class ItemMarkdownTest {
    private static String copied(String command, String output) {
        List<ToolRun.Field> fields = List.of(new ToolRun.Field("command", command));
        ToolOutput out = ToolOutput.of(output);
        ToolRun run =
                new ToolRun("1", "Bash", fields, new ToolState.Ok(null), out, SubagentRun.NONE);
        return ItemMarkdown.of(new Item.Tool("tool:1", 1, run));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "# Guide\n```sh\nmake\n```\nend",
                "# Guide\n````markdown\n```sh\nmake\n```\n````\nend",
                "``````````\nlong\n``````````",
                "inline ````` run"
            })
    void outputWithFencesIsOneCodeBlock(String output) {
        Node document = MarkdownParser.parse(copied("ls", output));

        assertThat(document.getLastChild())
                .isInstanceOfSatisfying(
                        FencedCodeBlock.class,
                        c -> assertThat(c.getLiteral()).isEqualTo(output + "\n"));
        assertThat(document.getFirstChild().getNext()).isSameAs(document.getLastChild());
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo `date` && cat a", "`x`", "``", "a ``` b", "ls"})
    void aCommandWithBackticksIsOneCodeSpan(String command) {
        Node document = MarkdownParser.parse(copied(command, ""));

        StringBuilder code = new StringBuilder();
        document.accept(
                new AbstractVisitor() {
                    @Override
                    public void visit(Code span) {
                        code.append(span.getLiteral());
                    }
                });
        assertThat(code).hasToString(command);
    }

    @Test
    void copiedOutputHasNoEscapeCodes() {
        assertThat(copied("ls", "\u001b[32mok\u001b[0m\r\n")).endsWith("```\nok\n```");
    }
}
