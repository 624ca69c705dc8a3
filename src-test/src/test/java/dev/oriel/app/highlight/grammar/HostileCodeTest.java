package dev.oriel.app.highlight.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.highlight.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Text that is no code, or that is meant to be slow, ends in bounded time and memory, in all
/// languages.
class HostileCodeTest {
    private static final GrammarLibrary LIBRARY = new GrammarLibrary(Language.grammars());
    private static final int LINES = 12;
    private static final int LENGTH = 300;

    /// Repeated, they open what never ends, or make expressions try everything.
    private static final List<String> UNITS =
            List.of(
                    "a",
                    " ",
                    "\t",
                    "[",
                    "(",
                    "{",
                    "<",
                    "\"",
                    "'",
                    "`",
                    "\\",
                    "/*",
                    "$(",
                    "${",
                    "{{",
                    "<a ",
                    "a.",
                    "a<",
                    "(a,",
                    "*a*",
                    "_a_",
                    "- ",
                    "> ",
                    "a=",
                    "::",
                    "#{",
                    "<<A",
                    "\u0000",
                    "\ud800",
                    "\udfff",
                    "\u202e",
                    "é",
                    "\ud83d\ude80",
                    "\"\\",
                    "=>",
                    "@a ",
                    "%q{",
                    "->",
                    "||",
                    "\r",
                    "\u2028",
                    "]",
                    ")",
                    "}",
                    ">",
                    ";");

    private static List<String> lines(long seed) {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        while (lines.size() < LINES) {
            StringBuilder line = new StringBuilder();
            String unit = UNITS.get(random.nextInt(UNITS.size()));
            boolean repeated = random.nextBoolean();
            while (line.length() < LENGTH) {
                if (repeated) {
                    line.append(unit);
                } else if (random.nextInt(3) == 0) {
                    line.append((char) random.nextInt(256));
                } else {
                    line.append(UNITS.get(random.nextInt(UNITS.size())));
                }
            }
            lines.add(line.toString().replace('\n', ' '));
        }
        return lines;
    }

    @ParameterizedTest
    @EnumSource
    void randomTextIsSplitWithoutErrorInBoundedTime(Language language) {
        Grammar grammar = LIBRARY.load(language.grammar());
        LineState state = null;
        for (String line : lines(2711 + language.name().hashCode())) {
            Grammar.TokenizedLine tokens = grammar.tokenize(line, state);
            state = tokens.state();
            assertThat(tokens.steps()).isLessThanOrEqualTo(Grammar.MAX_STEPS);
            int at = 0;
            for (Grammar.Token token : tokens.tokens()) {
                assertThat(token.start()).isEqualTo(at);
                assertThat(token.end()).isBetween(at + 1, line.length());
                assertThat(token.scopes().names().size()).isLessThan(2_000);
                at = token.end();
            }
            assertThat(!tokens.whole() || at == line.length()).isTrue();
        }
    }

    /// What was open is open in the next line, however long ago it began.
    @Test
    void aStringThatNeverEndsCostsNoMoreInLaterLines() {
        Grammar grammar = LIBRARY.load(Language.PYTHON.grammar());
        LineState state = grammar.tokenize("s = \"\"\"", null).state();
        long first = grammar.tokenize("a b", state).steps();
        for (int i = 0; i < 2_000; i++) {
            state = grammar.tokenize("a b", state).state();
        }
        Grammar.TokenizedLine last = grammar.tokenize("a b", state);
        assertThat(last.steps()).isLessThanOrEqualTo(first);
        assertThat(last.tokens().getFirst().scopes().names()).anyMatch(n -> n.startsWith("string"));
    }
}
