package dev.oriel.agent.api.tool.other;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlTextTest {
    @Test
    void keepsTheStructureOfAPage() {
        String html =
                """
                <!DOCTYPE html><html><head><title>The title</title><style>p { x }</style>
                <script>if (a < b) { "</p>" }</script></head><body class="x > y">
                <!-- <p>comment</p> -->
                <h1>Head &amp; <em>line</em></h1><p>One   two
                three.</p><p>Four</p><ul><li>a</li><li>b</li></ul>
                <table><tr><td>1</td><td>2</td></tr></table>
                <a href="https://x.org/?a=1&amp;b=2">link</a> <a href="javascript:x()">no</a>
                <pre>  kept
                    so &lt;here&gt;</pre></body></html>
                """;
        assertThat(HtmlText.of(html))
                .isEqualTo(
                        """
                        The title

                        # Head & line

                        One two three.

                        Four

                        - a
                        - b

                        | 1 | 2
                        [link](https://x.org/?a=1&b=2) no
                        ```
                          kept
                            so <here>
                        ```\
                        """);
    }

    @Test
    void decodesCharacters() {
        assertThat(HtmlText.of("&lt;&#65;&#x42;&nbsp;&mdash;&unknown;&#0;&#xD800;&#x110000;& x&"))
                .isEqualTo("<AB —&unknown;\uFFFD\uFFFD\uFFFD& x&");
    }

    @Test
    void readsBrokenHtml() {
        assertThat(HtmlText.of("a < b <c")).isEqualTo("a < b");
        assertThat(HtmlText.of("<p>a<p>b</i></b>")).isEqualTo("a\n\nb");
        assertThat(HtmlText.of("a<script>never ends")).isEqualTo("a");
        assertThat(HtmlText.of("a<!-- never ends")).isEqualTo("a");
        assertThat(HtmlText.of("<a href='x>y")).isEmpty();
        assertThat(HtmlText.of("")).isEmpty();
        assertThat(HtmlText.of("<SCRIPT>x</SCRIPT>y")).isEqualTo("y");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<", "&", "<a ", "</", "<!--", "<script>", "<pre> ", "&#", "<p", " ", "\""})
    void readsAMillionOfAnything(String part) {
        String html = part.repeat(1_000_000);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> HtmlText.of(html + "x"));
    }

    @Test
    void readsAnything() {
        Random random = new Random(7);
        String[] parts = {
            "<", ">", "</", "p", "pre", "script", "a href=", "'", "\"", "&", ";", "#x1", "!--",
            "-->", " ", "\n", "li", "/", "x"
        };
        for (int i = 0; i < 20_000; i++) {
            StringBuilder html = new StringBuilder();
            for (int n = random.nextInt(20); n >= 0; n--) {
                html.append(parts[random.nextInt(parts.length)]);
            }
            assertThat(HtmlText.of(html.toString())).isNotNull();
        }
    }
}
