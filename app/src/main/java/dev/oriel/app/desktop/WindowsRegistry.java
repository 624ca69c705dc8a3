package dev.oriel.app.desktop;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The part of Windows' registry that belongs to the person, through the system's own `reg`.
interface WindowsRegistry {

    /// What `reg query` says of one value: its type and its data as text.
    ///
    /// @return empty if there is no such value
    Optional<String> read(String key, String value) throws IOException;

    /// Takes over a file of the registry's own text form. Not `reg add`: quotes within an argument
    /// reach no Windows program unharmed.
    void importFile(String file) throws IOException;

    /// That of this machine.
    final class RegCommand implements WindowsRegistry {
        private static final long PATIENCE_SECONDS = 10;

        @Override
        public Optional<String> read(String key, String value) throws IOException {
            Outcome outcome = run("query", key, "/v", value);
            Matcher line =
                    Pattern.compile(
                                    "(?m)^\\s+"
                                            + Pattern.quote(value)
                                            + "\\s+REG_\\w+\\s+(.*?)\\s*$")
                            .matcher(outcome.output());
            return outcome.exit() == 0 && line.find()
                    ? Optional.of(line.group(1))
                    : Optional.empty();
        }

        @Override
        public void importFile(String file) throws IOException {
            Path written = Files.createTempFile("oriel", ".reg");
            try {
                Files.writeString(written, "\uFEFF" + file, StandardCharsets.UTF_16LE);
                Outcome outcome = run("import", written.toString());
                if (outcome.exit() != 0) {
                    throw new IOException("reg: " + outcome.output().strip());
                }
            } finally {
                Files.deleteIfExists(written);
            }
        }

        private record Outcome(int exit, String output) {}

        private static Outcome run(String... words) throws IOException {
            List<String> command = new java.util.ArrayList<>(List.of("reg"));
            command.addAll(List.of(words));
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            // A few lines: they fit into the pipe, so it can be waited for first.
            try {
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new IOException("reg does not end");
                }
                String encoding = System.getProperty("native.encoding", "UTF-8");
                return new Outcome(
                        process.exitValue(),
                        new String(
                                process.getInputStream().readAllBytes(),
                                Charset.forName(encoding)));
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }
}
