package dev.oriel.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.app.server.ConnectLink;
import dev.oriel.client.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.ParameterException;

class OrielCommandTest {
    private static Opening opening(String... arguments) {
        return OrielCommand.read(arguments).orElseThrow().opening();
    }

    @Test
    void itOpensAsItWasLeftUnlessToldOtherwise() {
        assertThat(opening()).isEqualTo(new Opening.AsLeft());
        assertThat(opening("--new-session")).isEqualTo(new Opening.NewSession());
        assertThat(opening("--start-server")).isEqualTo(new Opening.OwnServer());
    }

    @Test
    void aLinkOpensTheFormFilledIn() {
        assertThat(opening("oriel:connect?url=wss://example.org/relay/ws&kind=relay"))
                .isEqualTo(
                        new Opening.Connect(
                                new ConnectLink("wss://example.org/relay/ws", Kind.RELAY)));
    }

    @Test
    void aLinkThatIsNonsenseOpensTheWindowWithAWord() {
        assertThat(opening("oriel:delete-everything"))
                .isEqualTo(
                        new Opening.Refused(
                                "The link was not opened. It names nothing that Oriel can open."));
    }

    @Test
    void aQuestionIsAnsweredWithoutAWindow() {
        assertThat(OrielCommand.read("--help")).isEmpty();
        assertThat(OrielCommand.read("--version")).isEmpty();
    }

    @Test
    void whatItDoesNotKnowIsRefused(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("arguments"), "--new-session");
        for (String[] words :
                new String[][] {
                    {"--nonsense"},
                    {"https://example.org"},
                    {""},
                    {"oriel:connect?url=ws://a", "oriel:connect?url=ws://b"},
                    {"@" + file}
                }) {
            assertThatThrownBy(() -> OrielCommand.read(words))
                    .as(String.join(" ", words))
                    .isInstanceOf(ParameterException.class);
            assertThat(OrielCommand.heard(words)).as(String.join(" ", words)).isEmpty();
        }
    }

    @Test
    void whatAFurtherStartHandsOverIsReadTheSameAndNeverAnswered() {
        assertThat(OrielCommand.heard("--new-session")).contains(new Opening.NewSession());
        assertThat(OrielCommand.heard()).contains(new Opening.AsLeft());
        assertThat(OrielCommand.heard("--help")).isEmpty();
        assertThat(OrielCommand.heard("--version")).isEmpty();
    }
}
