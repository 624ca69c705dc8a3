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

/// Access to the user's part of the Windows registry.
interface WindowsRegistry {

    /// Reads the data of a value.
    ///
    /// @return the data as `reg query` prints it; empty if the value does not exist
    Optional<String> read(String key, String value) throws IOException;

    /// Imports text in the format of `.reg` files. `reg add` is not used because Windows programs
    /// do not reliably receive quotes in arguments.
    void importFile(String file) throws IOException;

    /// Uses the program `reg` of Windows.
    final class RegCommand implements WindowsRegistry {
        private static final long TIMEOUT_SECONDS = 10;

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
            Path tempFile = Files.createTempFile("oriel", ".reg");
            try {
                Files.writeString(tempFile, "\uFEFF" + file, StandardCharsets.UTF_16LE);
                Outcome outcome = run("import", tempFile.toString());
                if (outcome.exit() != 0) {
                    throw new IOException("reg: " + outcome.output().strip());
                }
            } finally {
                Files.deleteIfExists(tempFile);
            }
        }

        private record Outcome(int exit, String output) {}

        private static Outcome run(String... arguments) throws IOException {
            List<String> command = new java.util.ArrayList<>(List.of("reg"));
            command.addAll(List.of(arguments));
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            // The output of a few lines fits into the pipe, so it can be read after the exit.
            try {
                if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new IOException("reg did not exit in time");
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
