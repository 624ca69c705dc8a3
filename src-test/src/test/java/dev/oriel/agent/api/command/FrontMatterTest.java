package dev.oriel.agent.api.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.testing.data.RandomTexts;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrontMatterTest {
    @Test
    void textsAndListsAreRead() {
        FrontMatter read =
                FrontMatter.parse(
                        """
                        ---
                        # a comment
                        description: "Says: \\"hi\\""
                        argument-hint: [name]
                        Model: haiku # fast
                        allowed-tools:
                          - Bash(git log:*)
                          - 'Read'
                        other: [Bash(a, b), "x, y", z]
                        when: >
                          in two
                          lines
                        ---
                        The body
                        """);

        assertThat(read.text("description")).isEqualTo("Says: \"hi\"");
        assertThat(read.text("argument-hint")).isEqualTo("name");
        assertThat(read.text("model")).isEqualTo("haiku");
        assertThat(read.values().get("allowed-tools")).containsExactly("Bash(git log:*)", "Read");
        assertThat(read.values().get("other")).containsExactly("Bash(a, b)", "x, y", "z");
        assertThat(read.text("when")).isEqualTo("in two lines");
        assertThat(read.text("missing")).isNull();
        assertThat(read.body()).isEqualTo("The body\n");
    }

    @Test
    void withoutACompleteOneEverythingIsBody() {
        for (String text :
                List.of(
                        "",
                        "---",
                        "---\n",
                        "--- x\n---\n",
                        "---\na: b\n",
                        "text\n---\na: b\n---\n")) {
            FrontMatter read = FrontMatter.parse(text);
            assertThat(read.body()).isEqualTo(text);
            assertThat(read.values()).isEmpty();
        }
    }

    @Test
    void whatIsBrokenIsSkipped() {
        FrontMatter read =
                FrontMatter.parse(
                        """
                        ---
                        : x
                        - lost
                        {a: [}
                        name: [a,\s
                        \tb
                        ok: yes
                        ---
                        B\
                        """
                                .replace("\n", "\r\n"));

        assertThat(read.isTrue("ok")).isTrue();
        assertThat(read.body()).isEqualTo("B");
    }

    @Test
    void anyTextIsRead() {
        RandomTexts texts = new RandomTexts(1);
        Random random = new Random(1);
        String parts = "---\n:[]'\"|>- #,()";
        for (int i = 0; i < 500; i++) {
            StringBuilder text = new StringBuilder("---\n");
            for (int n = random.nextInt(20); n > 0; n--) {
                text.append(
                        random.nextBoolean()
                                ? String.valueOf(parts.charAt(random.nextInt(parts.length())))
                                : texts.next());
            }
            assertThat(FrontMatter.parse(text + "\n---\nbody").body()).endsWith("body");
        }
    }
}
