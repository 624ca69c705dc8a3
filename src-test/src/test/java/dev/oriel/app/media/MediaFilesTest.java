package dev.oriel.app.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaFilesTest {
    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "report.pdf, report",
        "/etc/../passwd, passwd",
        "C:\\Users\\kim\\plan.final.pdf, plan_final",
        "a b'c\"d.pdf, a_b_c_d",
        "Übersicht-2026.pdf, Übersicht-2026",
        ".., document",
        "..pdf, document",
        "'', document"
    })
    void aNameKeepsLettersAndDigitsOnly(String name, String stem) {
        assertThat(MediaFiles.stem(name)).isEqualTo(stem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\n", "\u202e", ":", "|", "$(rm)", "%2e", "\\"})
    void whatASystemOrAShellInterpretsIsReplaced(String part) {
        assertThat(MediaFiles.stem("a" + part + "b.pdf")).matches("[a-z_2]+");
    }

    @Test
    void aLongNameIsCut() {
        assertThat(MediaFiles.stem("x".repeat(5_000))).hasSize(80);
    }

    @Test
    void copiesAreKeptApartAndDeletedAtTheNextStart() throws Exception {
        Path copies = folder.resolve("copies");
        MediaFiles files = new MediaFiles(copies, Runnable::run);
        byte[] one = "one".getBytes(StandardCharsets.UTF_8);
        byte[] two = "two".getBytes(StandardCharsets.UTF_8);
        Path first = files.saveCopy("a.pdf", MediaFormat.PDF, one).join();
        Path second = files.saveCopy("a.pdf", MediaFormat.PDF, two).join();
        assertThat(first.getFileName()).hasToString("a.pdf");
        assertThat(second.getFileName()).hasToString("a-2.pdf");
        assertThat(first).hasBinaryContent(one);
        assertThat(second).hasBinaryContent(two);

        new MediaFiles(copies, Runnable::run);

        assertThat(Files.exists(first)).isFalse();
        assertThat(copies).isEmptyDirectory();
    }
}
