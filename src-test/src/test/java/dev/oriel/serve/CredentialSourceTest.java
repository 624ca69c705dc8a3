package dev.oriel.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.client.InvalidAddressException;
import dev.oriel.client.ServerAddress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where `send` finds the token, and what else is on standard input.
class CredentialSourceTest {
    private static final Map<String, String> VARIABLE = Map.of("ORIEL_TOKEN", " variable \n");

    @TempDir Path folder;
    private String input = "";

    private CredentialSource source(
            @Nullable String file, boolean promptOnInput, Map<String, String> environment) {
        InputStream bytes = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        return new CredentialSource(file, promptOnInput, bytes, environment, folder);
    }

    private static ServerAddress address(String url) {
        try {
            return ServerAddress.parse(url);
        } catch (InvalidAddressException e) {
            throw new AssertionError(e);
        }
    }

    private static String token(CredentialSource source) throws IOException {
        return source.token(address("http://127.0.0.1:6743"));
    }

    @Test
    void aFileHasPrecedenceOverTheEnvironmentAndThatOverTheServersOwnToken() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), " of the file \nsecond line\n");
        Files.writeString(folder.resolve("token"), "of the server\n");
        assertThat(token(source(file.toString(), false, VARIABLE))).isEqualTo("of the file");
        assertThat(token(source(null, false, VARIABLE))).isEqualTo("variable");
        assertThat(token(source(null, false, Map.of()))).isEqualTo("of the server");
    }

    @Test
    void theServersOwnTokenIsNotSentToAnotherComputer() throws IOException {
        Files.writeString(folder.resolve("token"), "of the server\n");
        CredentialSource source = source(null, false, Map.of());
        assertThat(source.token(address("https://oriel.example"))).isEmpty();
        assertThat(source(null, false, VARIABLE).token(address("https://oriel.example")))
                .isEqualTo("variable");
    }

    @Test
    void withoutAnyTokenItIsEmpty() throws IOException {
        assertThat(token(source(null, false, Map.of()))).isEmpty();
    }

    @Test
    void aFileThatChangesIsReadAgainAndAMissingOneIsAnError() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "first");
        CredentialSource source = source(file.toString(), false, Map.of());
        assertThat(token(source)).isEqualTo("first");
        Files.writeString(file, "second");
        assertThat(token(source)).isEqualTo("second");
        Files.writeString(file, "");
        assertThat(token(source)).isEmpty();
        Files.delete(file);
        assertThatThrownBy(() -> token(source)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void theFirstLineOfStandardInputIsTheTokenAndTheRestThePrompt() throws IOException {
        input = " über \r\nfirst line\n\nthird line\n";
        CredentialSource source = source("-", true, VARIABLE);
        assertThat(token(source)).isEqualTo("über");
        assertThat(source.rest()).isEqualTo("first line\n\nthird line");
    }

    @Test
    void withoutATokenThereAllOfStandardInputIsThePrompt() throws IOException {
        input = "first line\nsecond line";
        CredentialSource source = source(null, true, VARIABLE);
        assertThat(source.rest()).isEqualTo("first line\nsecond line");
        assertThat(token(source)).isEqualTo("variable");
    }

    @Test
    void emptyStandardInputIsAnEmptyTokenAndAnEmptyPrompt() throws IOException {
        CredentialSource source = source("-", true, VARIABLE);
        assertThat(token(source)).isEmpty();
        assertThat(source.rest()).isEmpty();
    }

    @Test
    void standardInputIsNotReadIfNothingIsThere() throws IOException {
        InputStream closed = InputStream.nullInputStream();
        closed.close();
        assertThatThrownBy(() -> new CredentialSource(null, true, closed, Map.of(), folder))
                .hasMessageContaining("closed");
        assertThat(new CredentialSource("file", false, closed, Map.of(), folder).rest()).isEmpty();
        assertThat(new CredentialSource(null, false, closed, Map.of(), folder).rest()).isEmpty();
    }
}
