package dev.oriel.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/// Wrong options are reported on one line with exit code 2, before anything is started.
class CommandLineErrorsTest {
    @TempDir Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine command = OrielServer.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "bogus | Unmatched argument at index 0: 'bogus'",
                "serve --prot 1 | Unknown options: '--prot', '1'",
                "serve extra | Unmatched argument",
                "serve --port many | Invalid value for option '--port'",
                "serve --agent none | expected one of [cli, api, demo]",
                "serve --idle-timeout soon | 'soon' is no time such as 90s, 15m or 2h",
                "serve --allow-origin example.com | 'example.com' is no origin such as",
                "send | Missing required parameter: 'PROMPT'",
                "send --timeout x hi | 'x' is no time such as 90s",
                "send --kind bogus hi | --kind must be one of sessions, enhanced, relay",
                "send --kind enhanced --agent demo hi | the kind enhanced takes no agent",
                "send --kind oneshot --cwd /tmp hi | the kind oneshot takes no folder",
                "send --url ftp://host hi | must begin with http, https, ws or wss",
                "send --ca-file /no/such/file hi | certificate",
            })
    void aWrongOptionIsOneLine(String arguments, String problem) {
        assertThat(run(arguments.split(" "))).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("oriel-server: ")
                .contains(problem)
                .endsWith(" (see --help)\n")
                .hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void anEmptyPromptIsNotSent() {
        assertThat(run("send", "--url", "http://127.0.0.1:1", " \n")).isEqualTo(2);
        assertThat(err.toString()).contains("the prompt must not be empty");
    }

    @Test
    void theTextOfAnErrorCannotControlTheTerminal() {
        assertThat(run("\u001b[2J\n")).isEqualTo(2);
        assertThat(err.toString()).hasLineCount(1).doesNotContain("\u001b");
    }

    @Test
    void anArgumentThatNamesAFileIsNotReplacedByItsContent() throws Exception {
        Path file = Files.writeString(folder.resolve("options"), "--version");
        assertThat(run("@" + file)).isEqualTo(2);
        assertThat(err.toString()).contains("Unmatched argument");
    }

    @Test
    void theVersionAndTheHelpAreNoErrors() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("oriel-server ").hasLineCount(1);
        assertThat(run("serve", "--help")).isZero();
        assertThat(out.toString()).contains("--port=PORT");
        assertThat(err.toString()).isEmpty();
    }
}
