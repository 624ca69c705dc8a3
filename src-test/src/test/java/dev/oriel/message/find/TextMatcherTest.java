package dev.oriel.message.find;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextMatcherTest {
    private static String found(TextQuery query, String text) throws Exception {
        List<String> ranges = new ArrayList<>();
        SearchDeadline deadline = SearchDeadline.in(Duration.ofSeconds(20).toNanos());
        int count =
                query.matcher().find(text, deadline, (start, end) -> ranges.add(start + "-" + end));
        assertThat(count).isEqualTo(ranges.size());
        return String.join(" ", ranges);
    }

    @ParameterizedTest
    @CsvSource({
        "a, banana, 1-2 3-4 5-6",
        "ana, banana, 1-4",
        "x, banana, ''",
        "BAN, banana, 0-3",
        "straße, STRASSE, ''",
        "ÄRGER, ärger, 0-5",
        "ΣΟΦΟΣ, σοφος σοφοσ, 0-5 6-11",
        "МИР, Мир мир, 0-3 4-7",
        "𐐀, 𐐨, 0-2",
        "a.c, abc a.c, 4-7",
        "(, f(x), 1-2",
        "日本, 日本語, 0-2",
    })
    void aTextIsFoundAsItIsInUpperAndLowerCase(String sought, String text, String ranges)
            throws Exception {
        assertThat(found(TextQuery.of(sought), text)).isEqualTo(ranges);
    }

    @ParameterizedTest
    @CsvSource({"Ban, banana, ''", "Ban, Banana, 0-3", "ä, Ä ä, 2-3", "𐐀, 𐐨𐐀, 2-4"})
    void theCaseCanMatter(String sought, String text, String ranges) throws Exception {
        assertThat(found(new TextQuery(sought, true, false, false), text)).isEqualTo(ranges);
    }

    @ParameterizedTest
    @CsvSource({
        "cat, cat concat cat_ cats (cat), 0-3 22-25",
        "wort, Wörter wort Wortes, 7-11",
        "cafe, cafe\u0301 cafe, 6-10",
        "мир, мира мир, 5-8",
        "(x), f(x)y f (x) y, 1-4 8-11",
        "日本, 日本語と日本, 0-2 4-6",
        "शब्द, शब्दों शब्द, 7-11",
    })
    void aWholeWordEndsAtTheEdgesOfWords(String sought, String text, String ranges)
            throws Exception {
        TextQuery query = new TextQuery(sought, false, true, false);
        String plain = text.replace("\\u0301", "\u0301");
        assertThat(found(query, plain)).isEqualTo(ranges);
    }

    @ParameterizedTest
    @CsvSource({
        "b.n, banana bin, 0-3 7-10",
        "^b, banana, 0-1",
        "\\w+, für dich, 0-3 4-8",
        "x*, banana, ''",
        "a$, banana, 5-6",
        "(?-i)B, bB, 1-2",
    })
    void aRegularExpressionMatchesWithinALine(String sought, String text, String ranges)
            throws Exception {
        assertThat(found(new TextQuery(sought, false, false, true), text)).isEqualTo(ranges);
    }

    @Test
    void noMatchSpansTwoLines() throws Exception {
        String text = "one\ntwo\n\nthree";
        assertThat(found(new TextQuery("[^x]+", false, false, true), text))
                .isEqualTo("0-3 4-7 9-14");
        assertThat(found(new TextQuery("^t", false, false, true), text)).isEqualTo("4-5 9-10");
        assertThat(found(new TextQuery("e$", false, false, true), text)).isEqualTo("2-3 13-14");
    }

    @Test
    void matchesAreLimited() throws Exception {
        int[] calls = {0};
        String text = "a".repeat(3 * TextMatcher.MAX_MATCHES);
        int count =
                TextQuery.of("a").matcher().find(text, SearchDeadline.in(0), (_, _) -> calls[0]++);
        assertThat(count).isEqualTo(calls[0]).isEqualTo(TextMatcher.MAX_MATCHES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+$", "(a|a)*b", "(.*)*x", "([a-z]+)*!"})
    void anExpressionThatWouldTakeForEverIsGivenUp(String expression) throws Exception {
        TextMatcher matcher = new TextQuery(expression, false, false, true).matcher();
        String text = "a".repeat(60) + "?";
        assertThatThrownBy(
                        () -> {
                            matcher.find(
                                    text,
                                    SearchDeadline.in(Duration.ofMillis(20).toNanos()),
                                    (_, _) -> {});
                            matcher.find(
                                    "a".repeat(200_000) + "?", SearchDeadline.in(0), (_, _) -> {});
                        })
                .isInstanceOf(SlowQueryException.class)
                .hasMessageContaining("takes too long");
    }

    @Test
    void aSearchWhoseResultIsNotWantedEndsInTheMiddleOfAnExpression() throws Exception {
        TextMatcher matcher = new TextQuery("(a+)+$", false, false, true).matcher();
        AtomicInteger asked = new AtomicInteger();
        SearchDeadline deadline =
                SearchDeadline.in(Duration.ofHours(1).toNanos(), () -> asked.incrementAndGet() > 3);
        assertThatThrownBy(() -> matcher.find("a".repeat(60) + "?", deadline, (_, _) -> {}))
                .isInstanceOf(SlowQueryException.class);
        assertThat(asked).hasValue(4);
    }

    @Test
    void aSearchForATextWhoseResultIsNotWantedEnds() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        SearchDeadline deadline =
                SearchDeadline.in(Duration.ofHours(1).toNanos(), () -> asked.incrementAndGet() > 3);
        TextMatcher matcher = TextQuery.of("b" + "a".repeat(900)).matcher();
        assertThatThrownBy(() -> matcher.find("a".repeat(100_000), deadline, (_, _) -> {}))
                .isInstanceOf(SlowQueryException.class);
        assertThat(asked).hasValue(4);
    }

    /// The server searches texts of many lines, the window single lines.
    @Test
    void aTextOfTwoLinesIsNotFound() throws Exception {
        assertThat(found(TextQuery.of("a\nb"), "a\nb")).isEmpty();
    }

    /// Long steps over what cannot match lose nothing.
    @Test
    void everyPlaceIsFoundThatComparingAtEachPlaceFinds() throws Exception {
        SplittableRandom random = new SplittableRandom(3);
        String[] parts = {
            "a", "b", "A", "ä", "Ä", "𐐀", "𐐨", "\u212A", "k", "ı", "Ł", "ł", "\u4161"
        };
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int k = random.nextInt(1, 30); k > 0; k--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            int from = random.nextInt(text.length());
            String sought = text.substring(from, random.nextInt(from, text.length()) + 1);
            boolean matchCase = random.nextBoolean();
            List<String> expected = new ArrayList<>();
            for (int at = 0; at + sought.length() <= text.length(); at++) {
                String there = text.substring(at, at + sought.length());
                if (matchCase ? there.equals(sought) : there.equalsIgnoreCase(sought)) {
                    expected.add(at + "-" + (at + sought.length()));
                    at += sought.length() - 1;
                }
            }
            assertThat(found(new TextQuery(sought, matchCase, false, false), text.toString()))
                    .as("%s in %s", sought, text)
                    .isEqualTo(String.join(" ", expected));
        }
    }

    /// They read no character, so that no deadline would end them.
    @ParameterizedTest
    @ValueSource(
            strings = {"(?:){2000000000}", "((){1000}){1000}x", "(^{99999}){99999}", "a{9}{99999}"})
    void anExpressionThatRepeatsNothingWithoutEndIsRejected(String expression) {
        assertThatThrownBy(() -> new TextQuery(expression, false, false, true).matcher())
                .isInstanceOf(InvalidQueryException.class)
                .hasMessage("The regular expression repeats too much.");
    }

    @Test
    void repetitionsThatPeopleWriteAreNot() throws Exception {
        String uuid = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
        String text = "x 00000000-0000-4000-8000-000000000000";
        assertThat(found(new TextQuery(uuid, false, false, true), text)).isEqualTo("2-38");
        new TextQuery("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}.{0,200}", false, false, true)
                .matcher();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "a{2", "*", "\\", "(?<n"})
    void anExpressionThatIsNoneIsRejectedInWords(String expression) {
        assertThatThrownBy(() -> new TextQuery(expression, false, false, true).matcher())
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageStartingWith("Not a regular expression: ");
    }

    @Test
    void nothingAndTooMuchAreRejected() {
        assertThatThrownBy(() -> TextQuery.of("").matcher())
                .isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(() -> TextQuery.of("x".repeat(1_001)).matcher())
                .isInstanceOf(InvalidQueryException.class);
    }
}
