package dev.oriel.app.highlight.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.highlight.Language;
import dev.oriel.app.highlight.LanguageSamples;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is known of an expression holds for each of its matches.
class RegexReaderTest {
    private static final CharacterSet.Classes CLASSES = new CharacterSet.Classes();

    private static boolean canMatchIn(String expression, String line) {
        RegexFacts facts = RegexReader.read(expression, CLASSES);
        return facts.requirement().isMetBy(LineRequirement.Characters.in(line));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '§',
            delimiterString = " ~ ",
            value = {
                "\\bwhile\\b ~ while ~ if (x)",
                "(?i)select ~ SELECT ~ from x",
                "(?i:s)elect ~ Select ~ SELECT",
                "if|else ~ xelsex ~ xel",
                "a(b|c)d ~ abd ~ ad",
                "[(\\[]x ~ [x ~ {x",
                "\\w+\\s*(`) ~ a ` ~ word",
                "(?=.*;)x ~ x; ~ x",
                "(?<=;)x ~ ;x ~ x",
                "é ~ é ~ e",
                "\\x41 ~ A ~ B",
                "(?>ab)++c{2,} ~ abcc ~ ab",
                "(?-i:a) ~ a ~ b",
            })
    void aLineWithoutWhatIsRequiredIsNotSearched(String expression, String with, String without) {
        assertThat(canMatchIn(expression, with)).isTrue();
        assertThat(canMatchIn(expression, without)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '§',
            delimiterString = " ~ ",
            value = {
                "a*", "(?!a)", "(?<!a)", "a?", "a{0,3}", "(a|)", "(a|b*)", "\\s", ".", "\\R",
                "(a)?\\1", "[^a]", "(?=a)?", "\\b", "^$",
            })
    void whatCanBeMissingIsNotRequired(String expression) {
        assertThat(canMatchIn(expression, "\n")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '§',
            delimiterString = " ~ ",
            value = {
                "ab ~ a",
                "(?<!x)\\bab ~ a",
                "(?=b)\\w ~ b",
                "(a|b)c ~ ab",
                "a?b ~ ab",
                "(?i)a ~ Aa",
                "[0-2]+ ~ 012",
                "(?!a)[ab] ~ ab",
            })
    void aMatchStartsAtFewCharacters(String expression, String starts) {
        CharacterSet expected = CharacterSet.NONE;
        for (int i = 0; i < starts.length(); i++) {
            expected = expected.or(CharacterSet.of(starts.charAt(i)));
        }
        CharacterSet found = RegexReader.read(expression, CLASSES).start();
        assertThat(found.or(CharacterSet.of(0))).isEqualTo(expected.or(CharacterSet.of(0)));
    }

    @Test
    void whatItDoesNotUnderstandIsUnknown() {
        for (String expression :
                List.of("(?x) a b", "(?<name>a)", "a)", "(", "[a", "\\", "(?", "a{", "(?i")) {
            RegexFacts facts = RegexReader.read(expression, CLASSES);
            assertThat(facts).as(expression).isEqualTo(RegexFacts.UNKNOWN);
        }
        String deep = "(".repeat(5_000) + "a" + ")".repeat(5_000);
        assertThat(RegexReader.read(deep, CLASSES)).isEqualTo(RegexFacts.UNKNOWN);
    }

    /// Random expressions and lines: whatever matches meets the requirement, and starts where it
    /// may.
    @Test
    void noMatchContradictsWhatIsKnown() {
        Random random = new Random(2711);
        String[] parts = {
            "a", "b", "é", "[ab]", "[^a]", "(a|b)", "(?:a|bc|)", "(?=a)", "(?!b)", "(?<=b)", "^",
                    "$",
            "\\b", ".", "(?i:A)", "a+", "b*?", "c{0,2}", "(?>c|a)", "\\W", "\\n", "(?<!a)", "|",
                    "\\Z",
            "(?i)", "\\x62", "\\p{L}", "\\1",
        };
        String letters = "abcABCé \n";
        int matches = 0;
        for (int i = 0; i < 4_000; i++) {
            StringBuilder expression = new StringBuilder("(c?)");
            for (int k = random.nextInt(5); k >= 0; k--) {
                expression.append(parts[random.nextInt(parts.length)]);
            }
            Pattern pattern =
                    Pattern.compile(expression.toString(), Pattern.MULTILINE | Pattern.UNIX_LINES);
            RegexFacts facts = RegexReader.read(expression.toString(), CLASSES);
            StringBuilder text = new StringBuilder();
            for (int k = random.nextInt(6); k > 0; k--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            String line = text.append('\n').toString();
            BoundedText bounded = new BoundedText(line, new BoundedText.Steps(1_000));
            Matcher m = pattern.matcher(line);
            for (int from = 0; from <= line.length() && m.find(from); from = m.start() + 1) {
                matches++;
                assertThat(facts.requirement().isMetBy(bounded.characters()))
                        .as("%s in %s", expression, line)
                        .isTrue();
                assertThat(bounded.next(facts.start(), m.start()))
                        .as("%s in %s at %d", expression, line, m.start())
                        .isEqualTo(m.start());
            }
        }
        assertThat(matches).isGreaterThan(2_000);
    }

    /// If most expressions could match anywhere, colouring would be slow again.
    @Test
    void mostExpressionsOfGrammarsAreNotSearchedInMostLines() {
        for (Language language : List.of(Language.TYPESCRIPT, Language.CPP, Language.SQL)) {
            Grammar grammar = new GrammarLibrary(List.of()).load(language.grammar());
            LineState state = null;
            long steps = 0;
            List<String> lines = LanguageSamples.of(language).code().lines().toList();
            for (String line : lines) {
                Grammar.TokenizedLine tokens = grammar.tokenize(line, state);
                state = tokens.state();
                steps += tokens.steps();
            }
            assertThat(steps / lines.size()).as(language.displayName()).isLessThan(20_000);
        }
    }
}
