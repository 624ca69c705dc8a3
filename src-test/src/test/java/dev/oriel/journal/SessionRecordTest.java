package dev.oriel.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.testing.server.StoredSession;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The bounds of a session's title and error, and its copies.
class SessionRecordTest {
    private static SessionRecord record(String title) {
        return StoredSession.of(new UUID(0, 1)).title(title).recency(3).record();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`plain`|plain",
                "`  two   words  `|two words",
                "`a\tb`|a b",
                "`a\u00a0\u2028\u2029b`|a b",
                "`a\u0000\u001bb`|a b",
                "`\u3000日本\u3000`|日本",
                "`🙂 x`|🙂 x",
            })
    void aTitleIsOneLineWithoutRunsOfWhiteSpace(String text, String title) {
        assertThat(SessionRecord.titleFrom(text)).isEqualTo(title);
        assertThat(record(text).title()).isEqualTo(title);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t", "\u00a0\u2028"})
    void aTextWithoutCharactersIsNoTitle(String text) {
        assertThat(SessionRecord.titleFrom(text)).isNull();
        assertThat(SessionRecord.titleFrom(null)).isNull();
    }

    @Test
    void aTitleHasAtMost200Characters() {
        assertThat(SessionRecord.titleFrom("x".repeat(200))).isEqualTo("x".repeat(200));
        assertThat(SessionRecord.titleFrom("x".repeat(201))).isEqualTo("x".repeat(199) + "…");
    }

    @Test
    void truncationSplitsNoSurrogatePair() {
        assertThat(SessionRecord.titleFrom("x".repeat(198) + "🙂🙂"))
                .isEqualTo("x".repeat(198) + "…");
        assertThat(SessionRecord.titleFrom("x".repeat(197) + "🙂🙂"))
                .isEqualTo("x".repeat(197) + "🙂…");
    }

    @ParameterizedTest
    @ValueSource(ints = {199, 200, 700, 800, 801, 100_000})
    void whiteSpaceDoesNotCountAsLength(int spaces) {
        String blank = " ".repeat(spaces);
        assertThat(SessionRecord.titleFrom(blank)).isNull();
        assertThat(SessionRecord.titleFrom(blank + "title" + blank)).isEqualTo("title");
        assertThat(SessionRecord.titleFrom("a" + blank + "b")).isEqualTo("a b");
    }

    @Test
    void anEllipsisStandsForTextAndNotForWhiteSpace() {
        String full = "x".repeat(200);
        assertThat(SessionRecord.titleFrom(full + " \n ")).isEqualTo(full);
        assertThat(SessionRecord.titleFrom(full + "  y")).isEqualTo("x".repeat(199) + "…");
        assertThat(SessionRecord.titleFrom("x".repeat(198) + " yz"))
                .isEqualTo("x".repeat(198) + " …");
    }

    @Test
    void anErrorIsBoundedAndKeepsItsLines() {
        String lines = "one\ntwo";
        assertThat(StoredSession.of(new UUID(0, 1)).error(lines).record().error()).isEqualTo(lines);
        String error = StoredSession.of(new UUID(0, 1)).error("x".repeat(2_001)).record().error();
        assertThat(error).isEqualTo("x".repeat(1_999) + "…");
    }

    @Test
    void aCopyDiffersInOneComponent() {
        SessionRecord record =
                StoredSession.of(new UUID(0, 1))
                        .title("a")
                        .origin("relay", "{}")
                        .recency(3)
                        .record();
        assertThat(record.withLastSeq(7))
                .usingRecursiveComparison()
                .ignoringFields("lastSeq")
                .isEqualTo(record);
        assertThat(record.withLastSeq(7).lastSeq()).isEqualTo(7);
        assertThat(record.withoutOptions())
                .usingRecursiveComparison()
                .ignoringFields("options")
                .isEqualTo(record);
        assertThat(record.withoutOptions().options()).isNull();
    }
}
