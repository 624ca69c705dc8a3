package dev.oriel.journal.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The file beside the journal.
class JournalMarkTest {
    private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

    @TempDir Path folder;
    private Path journal;
    private Path file;

    @BeforeEach
    void name() {
        journal = folder.resolve("oriel.db");
        file = folder.resolve("oriel.db.mark");
    }

    @Test
    void aMarkIsReadAsItWasWritten() throws Exception {
        for (boolean open : new boolean[] {true, false, true}) {
            JournalMark mark = new JournalMark(ID, open);
            mark.write(journal, open);
            assertThat(JournalMark.read(journal)).isEqualTo(mark);
        }
        assertThat(folder.resolve("oriel.db.mark.new")).doesNotExist();
    }

    @Test
    void theFileIsOneLine() throws Exception {
        new JournalMark(ID, true).write(journal, false);
        assertThat(file).hasContent(ID + " open\n");
        new JournalMark(ID, false).write(journal, false);
        assertThat(file).hasContent(ID + "\n");
    }

    @Test
    void anInterruptedWriteIsReplaced() throws Exception {
        Files.writeString(folder.resolve("oriel.db.mark.new"), "x".repeat(500));
        new JournalMark(ID, false).write(journal, true);
        assertThat(file).hasContent(ID + "\n");
    }

    @Test
    void aMissingFileIsNoMark() throws Exception {
        assertThat(JournalMark.read(journal)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "open", "no-uuid open", "\u0000\u0000"})
    void anInvalidFileIsNoMark(String content) throws Exception {
        Files.writeString(file, content);
        assertThat(JournalMark.read(journal)).isNull();
    }

    @Test
    void aLongFileIsNoMark() throws Exception {
        Files.writeString(file, ID + " open" + " ".repeat(200));
        assertThat(JournalMark.read(journal)).isNull();
    }

    @Test
    void otherWordsDoNotMeanThatTheJournalIsOpen() throws Exception {
        Files.writeString(file, ID + " closed\n");
        assertThat(JournalMark.read(journal)).isEqualTo(new JournalMark(ID, false));
    }
}
