package dev.oriel.app.text.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import org.commonmark.node.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NestingLimitTest {
    private static int depth(Node document) {
        int deepest = 0;
        Node node = document;
        int depth = 0;
        while (node != null) {
            deepest = Math.max(deepest, depth);
            if (node.getFirstChild() != null) {
                node = node.getFirstChild();
                depth++;
                continue;
            }
            while (node != null && node.getNext() == null) {
                node = node.getParent();
                depth--;
            }
            node = node == null ? null : node.getNext();
        }
        return deepest;
    }

    private static Node parse(String text) {
        return MarkdownParser.parse(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"> ", "- ", "<details>\n\n", "*a **b ", "[", "> [!NOTE]\n> "})
    void noTreeIsDeeperThanTheLimit(String part) {
        Node document = parse(part.repeat(3_000) + "the end" + "]**".repeat(3_000));

        // A paragraph and its text may be below the deepest node with children.
        assertThat(depth(document)).isLessThanOrEqualTo(NestingLimit.MAX_DEPTH + 2);
    }

    @Test
    void theTextBelowTheLimitIsKept() {
        String text = "> ".repeat(300) + "the `end` of *it*";

        assertThat(SpokenMarkdown.of(text, 1_000)).contains("the end of it");
    }

    @Test
    void anOrdinaryTreeIsUnchanged() {
        assertThat(depth(parse("> - a\n>   - *b*\n"))).isEqualTo(8);
    }
}
