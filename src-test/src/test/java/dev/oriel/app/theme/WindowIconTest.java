package dev.oriel.app.theme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WindowIconTest {
    private static final Path SOURCE = Path.of("..", "packaging", "icon", "oriel.svg");

    @Test
    void theShapesAreThoseOfTheIconInThePackages() throws IOException {
        List<String> drawn =
                Pattern.compile("<path d=\"([^\"]+)\"")
                        .matcher(Files.readString(SOURCE))
                        .results()
                        .map(path -> path.group(1))
                        .toList();
        assertThat(WindowIcon.PIECES.stream().map(WindowIcon.Piece::path))
                .containsExactlyElementsOf(drawn);
    }

    @Test
    void theColoursAreThoseOfTheIconInThePackages() throws IOException {
        String source = Files.readString(SOURCE);
        List<String> colours =
                Pattern.compile("#[0-9a-f]{6}")
                        .matcher(source)
                        .results()
                        .map(MatchResult::group)
                        .distinct()
                        .toList();
        String ours =
                WindowIcon.PIECES.toString().toLowerCase(Locale.ROOT) + WindowIcon.wall().getFill();
        assertThat(colours)
                .allSatisfy(colour -> assertThat(ours).contains("0x" + colour.substring(1)));
    }
}
