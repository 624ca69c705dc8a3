package dev.oriel.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.app.server.ConnectLink;
import dev.oriel.client.ServerKind;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.ParameterException;

class OrielCommandTest {
    private static StartupAction opening(String... arguments) {
        return OrielCommand.parse(arguments).orElseThrow().startupAction();
    }

    @Test
    void withoutOptionsTheLastSessionIsRestored() {
        assertThat(opening()).isEqualTo(new StartupAction.RestoreLastSession());
        assertThat(opening("--new-session")).isEqualTo(new StartupAction.NewSession());
        assertThat(opening("--start-server")).isEqualTo(new StartupAction.ShowServer());
    }

    @Test
    void aLinkOpensTheFormFilledIn() {
        assertThat(opening("oriel:connect?url=wss://example.org/relay/ws&kind=relay"))
                .isEqualTo(
                        new StartupAction.ShowConnectForm(
                                new ConnectLink("wss://example.org/relay/ws", ServerKind.RELAY)));
    }

    @Test
    void anInvalidLinkOpensTheWindowWithAnError() {
        assertThat(opening("oriel:delete-everything"))
                .isEqualTo(
                        new StartupAction.RejectLink(
                                "The link was not opened. It names nothing that Oriel can open."));
    }

    @Test
    void helpAndVersionArePrintedWithoutAWindow() {
        assertThat(OrielCommand.parse("--help")).isEmpty();
        assertThat(OrielCommand.parse("--version")).isEmpty();
    }

    @Test
    void unknownArgumentsAreRejected(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("arguments"), "--new-session");
        for (String[] words :
                new String[][] {
                    {"--nonsense"},
                    {"https://example.org"},
                    {""},
                    {"oriel:connect?url=ws://a", "oriel:connect?url=ws://b"},
                    {"@" + file}
                }) {
            assertThatThrownBy(() -> OrielCommand.parse(words))
                    .as(String.join(" ", words))
                    .isInstanceOf(ParameterException.class);
            assertThat(OrielCommand.parseForwarded(words)).as(String.join(" ", words)).isEmpty();
        }
    }

    @Test
    void forwardedArgumentsAreParsedAsStrictlyAndNothingIsPrinted() {
        assertThat(OrielCommand.parseForwarded("--new-session"))
                .contains(new StartupAction.NewSession());
        assertThat(OrielCommand.parseForwarded()).contains(new StartupAction.RestoreLastSession());
        assertThat(OrielCommand.parseForwarded("--help")).isEmpty();
        assertThat(OrielCommand.parseForwarded("--version")).isEmpty();
    }
}
