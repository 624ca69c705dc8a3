package dev.oriel.agent.api.permission.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Compares the parser with bash: what it accepts has the same commands and words there.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "compares with bash")
class ShellParserFuzzTest {
    private static final int LINES = 40_000;

    /// Pieces of which lines are made. `p` is a function of the test that prints its words.
    private static final List<String> PIECES =
            List.of(
                    "p",
                    "p",
                    "p ",
                    " ",
                    " ",
                    "a",
                    "b1",
                    "-n",
                    "\\",
                    "\\\n",
                    "'",
                    "\"",
                    "''",
                    "\"\"",
                    "'x y'",
                    "\"x y\"",
                    "|",
                    "||",
                    "&",
                    "&&",
                    ";",
                    ";;",
                    "\n",
                    "\t",
                    "#",
                    " #c\n",
                    "$",
                    "$a",
                    "$(p)",
                    "`p`",
                    "(",
                    ")",
                    "{",
                    "}",
                    "{a,b}",
                    "!",
                    "=",
                    "a=b ",
                    "~",
                    "<",
                    ">",
                    ">>",
                    "<<",
                    "2>&1",
                    "2>/dev/null",
                    ">/dev/null",
                    "&>/dev/null",
                    "<<<",
                    "0",
                    "9",
                    "if ",
                    "then ",
                    "fi",
                    "[[ ",
                    "]]",
                    "time ",
                    "é",
                    ":",
                    "%",
                    "^",
                    "+",
                    "\r",
                    "\u00a0",
                    "\u200b",
                    "]",
                    "p a",
                    "p 'a' ",
                    "\\\"",
                    "\\$",
                    "\"\\\\\"",
                    "$H",
                    "\"$H\"",
                    "$((2-1))",
                    "<<'E'\n",
                    "\nE\n",
                    "<<<a",
                    "@");

    @TempDir Path folder;

    private record Accepted(String text, List<List<String>> commands) {}

    @Test
    void bashReadsAcceptedLinesInTheSameWay() throws Exception {
        Random random = new Random(20261128);
        List<Accepted> accepted = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            StringBuilder text = new StringBuilder("p");
            for (int length = 1 + random.nextInt(9); length > 0; length--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            try {
                ShellLine line = ShellParser.parse(text.toString(), Map.of("H", "/h/v"));
                if (isComparable(line)) {
                    accepted.add(new Accepted(text.toString(), wordsOf(line)));
                }
            } catch (UnclearException e) {
                // Not accepted, so it asks.
            }
        }
        assertThat(accepted).hasSizeGreaterThan(1_000);
        List<String> found = run(accepted.stream().map(Accepted::text).toList());
        for (int i = 0; i < accepted.size(); i++) {
            assertThat(found.get(i))
                    .as(accepted.get(i).text().replace("\n", "NL"))
                    .isEqualTo(print(accepted.get(i).commands()));
        }
    }

    /// Only the function is run, nothing is read or written, and no command depends on another's
    /// success.
    private static boolean isComparable(ShellLine line) {
        return !line.hasStructure()
                && line.operators().stream().allMatch(o -> o.equals(";") || o.equals("&&"))
                && line.commands().stream()
                        .allMatch(c ->
                                c.words().getFirst().text().equals("p")
                                        && c.reads().isEmpty()
                                        && c.writes().stream()
                                                .allMatch(w -> w.text().equals("/dev/null"))
                                        && c.words().stream()
                                                .noneMatch(w ->
                                                        w.isGlob() || w.raw().startsWith("~")));
    }

    private static List<List<String>> wordsOf(ShellLine line) {
        return line.commands().stream()
                .map(c -> c.words().stream().map(ShellLine.Word::text).toList())
                .toList();
    }

    private static String print(List<List<String>> commands) {
        StringBuilder text = new StringBuilder();
        for (List<String> words : commands) {
            words.subList(1, words.size()).forEach(w -> text.append('<').append(w).append('>'));
            text.append(';');
        }
        return text.toString();
    }

    /// Runs each line in bash.
    ///
    /// @return what the functions printed, to a descriptor that the lines do not redirect
    private List<String> run(List<String> lines) throws IOException, InterruptedException {
        Path input = folder.resolve("lines");
        Path output = folder.resolve("output");
        Files.writeString(input, String.join("\0", lines) + "\0");
        String script =
                """
                p() { local w; for w in "$@"; do printf '<%s>' "$w" >&8; done; printf ';' >&8; }
                H=/h/v
                exec 8>"$2" 9<"$1"
                while IFS= read -r -d '' line <&9; do
                  eval "$line" </dev/null 9<&- || printf 'FAILED' >&8
                  printf '\\0' >&8
                done
                """;
        Process bash =
                new ProcessBuilder(
                                "bash", "-c", script, "bash", input.toString(), output.toString())
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("errors").toFile())
                        .start();
        assertThat(bash.waitFor(120, TimeUnit.SECONDS)).isTrue();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        return List.of(text.split("\0", -1));
    }
}
