package dev.oriel.app.highlight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Code in each language has the right colours.
class GrammarTokensTest {
    private static final GrammarTokens GRAMMARS = new GrammarTokens();

    private static List<Spans> color(Language language, List<String> lines) {
        List<Spans> spans = new ArrayList<>();
        Object state = null;
        for (String line : lines) {
            LineColorer.Colored colored = GRAMMARS.color(language, line, state);
            spans.add(colored.spans());
            state = colored.state();
        }
        return spans;
    }

    /// The text of each span and its class.
    private static String written(List<String> lines, List<Spans> spans) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            all.append(
                            spans.get(i).list().stream()
                                    .map(s ->
                                            s.kind()
                                                    + "«"
                                                    + line.substring(s.start(), s.end())
                                                    + "»")
                                    .collect(Collectors.joining(" ")))
                    .append('\n');
        }
        return all.toString();
    }

    private static @Nullable SyntaxClass classOf(
            String word, List<String> lines, List<Spans> spans) {
        for (int i = 0; i < lines.size(); i++) {
            int at = lines.get(i).indexOf(word);
            if (at >= 0) {
                // The last character, because punctuation can stand before.
                int end = at + word.length();
                for (Spans.Span span : spans.get(i).list()) {
                    if (span.start() < end && end <= span.end()) {
                        return span.kind();
                    }
                }
                return null;
            }
        }
        throw new IllegalArgumentException(word + " is not in the code");
    }

    static Set<Language> samples() {
        return LanguageSamples.ALL.keySet();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void wordsHaveTheirClasses(Language language) {
        LanguageSamples.Sample sample = LanguageSamples.of(language);
        List<String> lines = sample.code().lines().toList();
        List<Spans> spans = color(language, lines);
        Map<String, Object> found = new LinkedHashMap<>();
        sample.classes()
                .keySet()
                .forEach(w -> found.put(w, String.valueOf(classOf(w, lines, spans))));
        Map<String, Object> expected = new LinkedHashMap<>();
        sample.classes().forEach((w, c) -> expected.put(w, c.name()));
        assertThat(found).as(written(lines, spans)).isEqualTo(expected);
    }
}
