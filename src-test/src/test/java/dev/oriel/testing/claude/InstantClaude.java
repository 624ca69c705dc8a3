package dev.oriel.testing.claude;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;

/// A substitute for the `claude` CLI that starts and replies immediately, for tests with hundreds
/// of processes: a shell script that prints the same messages for every prompt. [FakeClaude] can
/// simulate any behaviour.
public final class InstantClaude {
    private InstantClaude() {}

    /// Writes the script.
    ///
    /// @param messages the number of messages in each reply; their texts are `n=0`, `n=1`, …
    /// @return the program to start instead of `claude`
    public static Path in(Path folder, int messages) {
        return in(folder, IntStream.range(0, messages).mapToObj(n -> "n=" + n).toList());
    }

    /// Writes the script.
    ///
    /// @param texts the texts of the messages in each reply, escaped for JSON
    /// @return the program to start instead of `claude`
    public static Path in(Path folder, List<String> texts) {
        var lines = new StringBuilder();
        lines.append("{\"type\":\"system\",\"subtype\":\"init\",\"tools\":[]}\n");
        for (String text : texts) {
            lines.append("{\"type\":\"assistant\",\"message\":{\"role\":\"assistant\",")
                    .append("\"content\":[{\"type\":\"text\",\"text\":\"")
                    .append(text)
                    .append("\"}]}}\n");
        }
        lines.append(
                "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,\"num_turns\":1,"
                        + "\"total_cost_usd\":0.01}\n");
        try {
            Path answer = Files.writeString(folder.resolve("answer"), lines);
            Path program = folder.resolve("claude");
            Files.writeString(program, script(answer));
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
            return program;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String script(Path answer) {
        return """
        #!/bin/sh
        while read -r line; do
          case "$line" in
            *'"type":"control_request"'*)
              id=${line#*'"request_id":"'}
              id=${id%%%%'"'*}
              printf '{"type":"control_response","response":{"subtype":"success","request_id":"%%s",\
        "response":{}}}\\n' "$id" ;;
            *'"type":"user"'*) cat '%s' ;;
          esac
        done
        """
                .formatted(answer);
    }
}
