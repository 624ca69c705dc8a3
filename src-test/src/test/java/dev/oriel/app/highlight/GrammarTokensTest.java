package dev.oriel.app.highlight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
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

    /// As while it is streamed, with real grammars and half-open strings and comments.
    @ParameterizedTest
    @MethodSource("samples")
    void codeThatGrowsEndsWithTheColoursOfTheWhole(Language language) {
        String code = LanguageSamples.of(language).code();
        CodeHighlighter highlighter = new CodeHighlighter(Runnable::run, Runnable::run, GRAMMARS);
        for (int end = 1; end < code.length(); end += 7) {
            List<String> lines = code.substring(0, end).lines().toList();
            ColoredLines known = highlighter.of(language, lines);
            assertThat(known.spans()).isEqualTo(color(language, lines));
        }
        List<String> whole = code.lines().toList();
        assertThat(highlighter.of(language, whole).spans()).isEqualTo(color(language, whole));
    }

    @Test
    void aHugeLineStaysPlainAndTheLinesAroundItDoNot() {
        String huge = "int x = 1; ".repeat(GrammarTokens.MAX_LINE);
        List<Spans> spans = color(Language.JAVA, List.of("int a;", huge, "int b;"));
        assertThat(spans.get(0).isEmpty()).isFalse();
        assertThat(spans.get(1).isEmpty()).isTrue();
        assertThat(spans.get(2).isEmpty()).isFalse();
    }

    @Test
    void aLineThatIsNotTextHasNoSpanOutsideOfIt() {
        String line = "\u0000\ufffe\ud83d int \udc00 \"\u202e\" \ud83d\ude80 // \u200b";
        for (Language language : Language.values()) {
            Spans spans = GRAMMARS.color(language, line, null).spans();
            int at = 0;
            for (Spans.Span span : spans.list()) {
                assertThat(span.start()).isGreaterThanOrEqualTo(at);
                assertThat(span.end()).isBetween(span.start() + 1, line.length());
                at = span.end();
            }
        }
    }

    @Test
    void aLineThatFailsStaysPlainAndAfterManyTheLanguageDoes() {
        List<String> reported = new ArrayList<>();
        Logger logger = Logger.getLogger(GrammarTokens.class.getName());
        Handler handler =
                new Handler() {
                    @Override
                    public void publish(LogRecord record) {
                        reported.add(record.getMessage());
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                };
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        try {
            GrammarTokens failing = new GrammarTokens();
            Spans colours = failing.color(Language.JAVA, "int x;", null).spans();
            assertThat(colours.isEmpty()).isFalse();
            for (int i = 0; i < GrammarTokens.MOST_FAILURES; i++) {
                // Other lines of the language keep their colours.
                assertThat(failing.color(Language.JAVA, "int x;", null).spans()).isEqualTo(colours);
                // A state of another grammar is a programming error, as good as any.
                assertThat(failing.color(Language.JAVA, "int x;", "no state").spans())
                        .isEqualTo(Spans.NONE);
            }
            assertThat(failing.color(Language.JAVA, "int x;", null).spans()).isEqualTo(Spans.NONE);
            assertThat(failing.color(Language.GO, "func f() {}", null).spans().isEmpty()).isFalse();
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
        assertThat(reported).containsExactly("A line of code in Java stays plain");
    }
}
