package dev.oriel.agent.api.permission.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Random control structures, half of them with a fault: whatever the commands return, bash runs
/// only commands that the parser has found in the line.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "compares with bash")
class ShellStructureFuzzTest {
    private static final int LINES = 12_000;
    private static final List<String> WORDS =
            List.of(
                    "a",
                    "'b c'",
                    "\"d\\\"e\"",
                    "\"\\$x\"",
                    "\"\\a\"",
                    "$H",
                    "\"$H/x\"",
                    "$H/y",
                    "$((1+2))",
                    "\"$((3*4))z\"",
                    "a\\\nb",
                    "\\\n",
                    "x!y",
                    "\"!!\"",
                    "<<'E'\nhid den\nE\n",
                    "<<\\E\n$(p)\nE\n",
                    "<<< a",
                    "<<< \"$H\"",
                    "2>/dev/null",
                    "if",
                    "done",
                    "in",
                    "!");
    private static final List<String> FAULTS =
            List.of(
                    ";",
                    "\n",
                    " & ",
                    "&&",
                    "||",
                    " then ",
                    " do ",
                    " done ",
                    " fi ",
                    " else ",
                    "!",
                    " if ",
                    " while ",
                    "#",
                    "$H",
                    "'",
                    "\"",
                    "\\",
                    "\\\n",
                    " in ",
                    " for i in a ",
                    " E\n",
                    "<<'E'",
                    "{",
                    "(",
                    " }",
                    "$",
                    "]]",
                    "[[ ",
                    "<",
                    ">",
                    "p x",
                    " elif ");

    private final Random random = new Random(20261129);

    @TempDir Path folder;

    private record Accepted(String text, Set<String> commands) {}

    @Test
    void bashRunsOnlyTheCommandsFound() throws Exception {
        List<Accepted> accepted = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            String text = list(3);
            if (random.nextBoolean()) {
                int at = random.nextInt(text.length());
                int end = Math.min(text.length(), at + random.nextInt(4));
                text = text.substring(0, at) + pick(FAULTS) + text.substring(end);
            }
            try {
                ShellLine line = ShellParser.parse(text, Map.of("H", "/h/v"));
                if (isComparable(line, text)) {
                    accepted.add(new Accepted(text, printed(line)));
                }
            } catch (UnclearException e) {
                // Not accepted, so it asks.
            }
        }
        assertThat(accepted.size()).isGreaterThan(500);
        List<String> found = run(accepted.stream().map(Accepted::text).toList());
        int complete = 0;
        for (int i = 0; i < accepted.size(); i++) {
            Set<String> ran = new HashSet<>(List.of(found.get(i).split("\u0001")));
            ran.remove("");
            assertThat(accepted.get(i).commands).as(accepted.get(i).text).containsAll(ran);
            complete += ran.equals(accepted.get(i).commands) ? 1 : 0;
        }
        assertThat(complete).isGreaterThan(accepted.size() / 2);
    }

    private String pick(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }

    private String list(int depth) {
        StringBuilder text = new StringBuilder(statement(depth));
        for (int more = random.nextInt(3); more > 0; more--) {
            text.append(pick(List.of("; ", "\n", " && ", " || ", ";\n")));
            text.append(statement(depth));
        }
        return text.toString();
    }

    private String statement(int depth) {
        int kind = depth == 0 ? 0 : random.nextInt(9);
        return switch (kind) {
            case 1 -> "if " + inner(depth) + "then " + inner(depth) + "fi";
            case 2 -> "if " + inner(depth) + "then " + inner(depth) + "else " + inner(depth) + "fi";
            case 3 ->
                    "if "
                            + inner(depth)
                            + "then\n"
                            + inner(depth)
                            + "elif "
                            + inner(depth)
                            + "then "
                            + inner(depth)
                            + "fi";
            case 4 -> "while " + inner(depth) + "do " + inner(depth) + "done";
            case 5 -> "until " + inner(depth) + "do\n" + inner(depth) + "done";
            case 6 -> "for i in " + pick(WORDS) + " b; do " + inner(depth) + "done";
            case 7 -> "! " + statement(depth - 1);
            default -> command();
        };
    }

    private String inner(int depth) {
        String text = list(depth - 1);
        return text + (text.endsWith("\n") ? "" : pick(List.of("; ", "\n")));
    }

    private String command() {
        StringBuilder text = new StringBuilder("p");
        for (int count = random.nextInt(4); count > 0; count--) {
            text.append(' ').append(pick(WORDS));
        }
        return text.toString();
    }

    /// Only the function is run, nothing is read or written, and counting the calls ends each loop.
    private static boolean isComparable(ShellLine line, String text) {
        return text.replace("||", "").indexOf('|') < 0
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

    private static Set<String> printed(ShellLine line) {
        return line.commands().stream()
                .map(c ->
                        c.words().stream()
                                .skip(1)
                                .map(w -> "<" + w.text() + ">")
                                .collect(Collectors.joining("", "p", "")))
                .collect(Collectors.toSet());
    }

    /// Runs each line with different results of the commands.
    ///
    /// @return what the functions printed, to a descriptor that the lines do not redirect
    private List<String> run(List<String> lines) throws IOException, InterruptedException {
        Path input = folder.resolve("lines");
        Path output = folder.resolve("output");
        Files.writeString(input, String.join("\0", lines) + "\0");
        String script =
                """
                H=/h/v
                p() {
                  local _w; _n=$((_n+1)); [ $_n -gt 25 ] && exit 9
                  printf 'p' >&8; for _w in "$@"; do printf '<%s>' "$_w" >&8; done; printf '\\001' >&8
                  case $_mode in
                    0) return 0;; 1) return 1;; 2) return $((_n%2));; 3) return $(((_n/2)%2));;
                  esac
                }
                exec 8>"$2" 9<"$1"
                while IFS= read -r -d '' line <&9; do
                  for _mode in 0 1 2 3; do (_n=0; eval "$line" </dev/null 9<&-); done
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
        assertThat(bash.waitFor(240, TimeUnit.SECONDS)).isTrue();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        return List.of(text.split("\0", -1));
    }
}
