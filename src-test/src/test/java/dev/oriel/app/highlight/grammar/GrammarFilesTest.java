package dev.oriel.app.highlight.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.oriel.app.highlight.Language;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The grammars of the library on the class path can be used.
class GrammarFilesTest {
    private static final GrammarLibrary LIBRARY = new GrammarLibrary(Language.grammars());

    @ParameterizedTest
    @EnumSource
    void theGrammarOfEachLanguageSplitsALine(Language language) {
        Grammar grammar = LIBRARY.load(language.grammar());
        String line = "if (x == \"a\\n\") { return <b>'y'</b>; } // # -- 42";
        LineState state = null;
        for (int i = 0; i < 3; i++) {
            Grammar.TokenizedLine tokens = grammar.tokenize(line, state);
            assertThat(tokens.whole()).isTrue();
            int at = 0;
            for (Grammar.Token t : tokens.tokens()) {
                assertThat(t.start()).isEqualTo(at);
                at = t.end();
            }
            assertThat(at).isEqualTo(line.length());
            state = tokens.state();
        }
    }

    /// An expression that cannot be translated matches nowhere. If a new version of the library has
    /// more of them, `OnigurumaTranslator` lacks something.
    @Test
    void almostAllExpressionsCanBeTranslated() throws IOException {
        Map<String, List<String>> broken = new TreeMap<>();
        int[] count = new int[1];
        for (Map.Entry<String, String> each :
                GrammarLibrary.modules(Language.grammars()).entrySet()) {
            String module = each.getValue();
            int start = module.indexOf("JSON.parse(") + "JSON.parse(".length();
            int end = module.lastIndexOf("))\n");
            if (end > start) {
                ObjectMapper json = new ObjectMapper();
                String text = json.readValue(module.substring(start, end), String.class);
                collect(json.readTree(text), each.getKey(), broken, count);
            }
        }
        assertThat(count[0]).isGreaterThan(6_000);
        assertThat(broken.values().stream().mapToInt(List::size).sum())
                .as(broken.toString())
                .isLessThanOrEqualTo(20);
    }

    private static void collect(
            JsonNode node, String grammar, Map<String, List<String>> broken, int[] count) {
        if (node.isObject()) {
            for (String member : List.of("match", "begin", "end", "while")) {
                String source = node.path(member).textValue();
                // A reference to a group of the begin is replaced before the end is used.
                if (source != null
                        && !(source.matches("(?s).*\\\\\\d.*") && !member.equals("match"))) {
                    count[0]++;
                    if (!new LineRegex(source, new CharacterSet.Classes()).isUsable()) {
                        broken.computeIfAbsent(grammar, _ -> new ArrayList<>()).add(source);
                    }
                }
            }
        }
        node.forEach(child -> collect(child, grammar, broken, count));
    }

    @Test
    void anUnknownGrammarIsABug() {
        assertThat(LIBRARY.find("no.such")).isNull();
        assertThatThrownBy(() -> LIBRARY.load("no-such"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
