package dev.oriel.journal.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.journal.Journal.SearchHit;
import dev.oriel.journal.JournalFixtures;
import dev.oriel.journal.sqlite.SqliteJournal;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalSearchTest {
    @TempDir Path folder;
    private SqliteJournal journal;
    private UUID session;
    private long seq;

    @BeforeEach
    void open() throws Exception {
        journal = SqliteJournal.open(folder.resolve("journal.db"));
        session = UUID.randomUUID();
        journal.save(JournalFixtures.session(session));
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void aMessageIsFoundDirectlyAfterItWasAppendedWithItsWordsMarked() throws Exception {
        appendText("The roof is leaking again.");
        appendText("Call the roofer about the leaking gutter.");
        assertThat(journal.search("leaking roof", null, 10))
                .containsExactly(
                        new SearchHit(
                                session,
                                2,
                                "Call the \u2068roofer\u2069 about the \u2068leaking\u2069"
                                        + " gutter."),
                        new SearchHit(
                                session, 1, "The \u2068roof\u2069 is \u2068leaking\u2069 again."));
    }

    @Test
    void allWordsMustOccurAndOnlyTheLastCanBeAPrefix() throws Exception {
        appendText("green garden door");
        assertThat(journal.search("garden gre", null, 10)).hasSize(1);
        assertThat(journal.search("gar green", null, 10)).isEmpty();
        assertThat(journal.search("gar ", null, 10)).isEmpty();
        assertThat(journal.search("green window", null, 10)).isEmpty();
    }

    @Test
    void caseAndDiacriticsAreIgnored() throws Exception {
        appendText("Der Schlüssel liegt im CAFÉ");
        assertThat(journal.search("schlussel café", null, 10)).hasSize(1);
        assertThat(journal.search("SCHLÜSSEL cafe", null, 10)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"会话", "话很", "很长", "長い", "とても", "대화", "ยาว", "会话 hello"})
    void partsOfSentencesWithoutSpacesAreFound(String query) throws Exception {
        appendText("hello 这个会话很长 とても長い会話 긴대화였다 บทสนทนายาวมาก");
        assertThat(journal.search(query, null, 10)).hasSize(1);
        assertThat(journal.search(query, null, 10).getFirst().snippet()).contains("\u2068");
        assertThat(journal.search("话会", null, 10)).isEmpty();
    }

    @Test
    void theSnippetOfSuchASentenceHasOnlyTheMarksAdded() throws Exception {
        appendText("这个会话很长");
        assertThat(
                        journal.search("会话", null, 10)
                                .getFirst()
                                .snippet()
                                .replaceAll("[\u2068\u2069]", ""))
                .isEqualTo("这个会话很长");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\"",
                "\"\"",
                "'",
                "*",
                "^",
                "AND",
                "OR NOT",
                "NEAR(",
                "text:roof",
                "a\"b",
                "-roof",
                "(",
                ")",
                "{}",
                "\0",
                "\u2068",
                "\u200b",
                "\uD83C",
                "🏡",
                "%_",
                "roof*",
                "\\",
                ";DROP TABLE found",
                "+",
                "῾",
                "a:b:c",
                "\u0301",
                "᭄"
            })
    void noQueryIsAnError(String query) throws Exception {
        appendText("the roof AND the a b c NEAR text");
        assertThat(journal.search(query, null, 10)).hasSizeLessThanOrEqualTo(1);
        assertThat(journal.search(query + " roof", null, 10)).hasSizeLessThanOrEqualTo(1);
        assertThat(journal.search(query.repeat(5_000), null, 10)).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void fts5OperatorsAreOrdinaryWords() throws Exception {
        appendText("cats and dogs");
        assertThat(journal.search("cats AND dogs", null, 10)).hasSize(1);
        assertThat(journal.search("cats OR mice", null, 10)).isEmpty();
        assertThat(journal.search("cats-and-dogs", null, 10)).hasSize(1);
    }

    @Test
    void promptsToolInputsAndToolResultsAreFoundThinkingAndImagesAreNot() throws Exception {
        append(UserMessages.prompt(UUID.randomUUID(), "promptword"));
        append(
                """
                {"type":"assistant","message":{"role":"assistant","content":[
                  {"type":"thinking","thinking":"thoughtword"},
                  {"type":"tool_use","id":"toolu_idword","name":"Bash",
                   "input":{"command":"ls inputword","deep":[{"x":"deepword"}],"n":1}}]}}\
                """);
        append(
                """
                {"type":"user","message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"x",
                  "content":[{"type":"text","text":"resultword"},
                   {"type":"image","source":{"type":"base64","data":"imageword"}}]}]},
                 "tool_use_result":{"stdout":"metaword"}}\
                """);
        append("{\"type\":\"result\",\"subtype\":\"success\",\"result\":\"resultline\"}");
        for (String found : List.of("promptword", "inputword", "deepword", "resultword")) {
            assertThat(journal.search(found, null, 10)).as(found).hasSize(1);
        }
        for (String hidden :
                List.of("thoughtword", "idword", "imageword", "metaword", "resultline", "base64")) {
            assertThat(journal.search(hidden, null, 10)).as(hidden).isEmpty();
        }
    }

    @Test
    void onlyTheStartOfAVeryLongResultIsFound() throws Exception {
        appendText("firstword " + "filler ".repeat(10_000) + " lastword");
        assertThat(journal.search("firstword", null, 10)).hasSize(1);
        assertThat(journal.search("lastword", null, 10)).isEmpty();
    }

    @Test
    void aSearchCanBeLimitedToOneSessionAndReturnsTheNewestFirst() throws Exception {
        UUID other = UUID.randomUUID();
        journal.save(JournalFixtures.titled(other, "other", Instant.EPOCH));
        for (int i = 0; i < 5; i++) {
            appendText("roof " + i);
        }
        journal.append(other, 1, List.of(JournalFixtures.answer("roof elsewhere")));
        assertThat(journal.search("roof", session, 2))
                .extracting(SearchHit::seq)
                .containsExactly(5L, 4L);
        assertThat(journal.search("roof", other, 10))
                .extracting(SearchHit::session)
                .containsExactly(other);
        assertThat(journal.search("roof", null, 100)).hasSize(6);
        assertThat(journal.search("roof", UUID.randomUUID(), 10)).isEmpty();
        assertThat(journal.search("roof", null, 0)).isEmpty();
    }

    @Test
    void aDeletedSessionIsNotFound() throws Exception {
        appendText("secretword");
        assertThat(journal.search("secretword", null, 10)).hasSize(1);
        journal.delete(session);
        assertThat(journal.search("secretword", null, 10)).isEmpty();
    }

    @Test
    void theIndexContinuesAfterARestart() throws Exception {
        appendText("before search");
        assertThat(journal.search("before", null, 10)).hasSize(1);
        appendText("between");
        reopen();
        appendText("after");
        assertThat(journal.search("before", null, 10)).hasSize(1);
        assertThat(journal.search("between", null, 10)).hasSize(1);
        assertThat(journal.search("after", null, 10)).hasSize(1);
    }

    @Test
    void aMissingDamagedOrForeignIndexIsBuiltAgain() throws Exception {
        appendText("roof");
        assertThat(journal.search("roof", null, 10)).hasSize(1);
        journal.close();
        Path index = folder.resolve("journal.db.search");
        Files.delete(index);
        open(folder);
        assertThat(journal.search("roof", null, 10)).hasSize(1);
        journal.close();
        Files.writeString(index, "no database ".repeat(100));
        open(folder);
        assertThat(journal.search("roof", null, 10)).hasSize(1);
        journal.close();
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.copy(index, elsewhere.resolve("journal.db.search"));
        open(elsewhere);
        assertThat(journal.search("roof", null, 10)).isEmpty();
    }

    private void open(Path where) throws Exception {
        journal = SqliteJournal.open(where.resolve("journal.db"));
    }

    private void reopen() throws Exception {
        journal.close();
        open(folder);
    }

    private void appendText(String text) throws Exception {
        append(JournalFixtures.answer(text));
    }

    private void append(String json) throws Exception {
        append(Message.parse(json));
    }

    private void append(Message message) throws Exception {
        journal.append(session, ++seq, List.of(message));
    }
}
