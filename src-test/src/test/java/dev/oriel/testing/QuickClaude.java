package dev.oriel.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// A stand-in for the `claude` CLI that is there at once and answers at once, for tests with
/// hundreds of them: a shell script that prints the same messages for every prompt. [FakeClaude] is
/// the one that can do anything.
public final class QuickClaude {
    private QuickClaude() {}

    /// Writes it.
    ///
    /// @param messages how many it answers a prompt with; their texts are `n=0`, `n=1`, …
    /// @return the program to start in place of `claude`
    public static Path in(Path folder, int messages) {
        var lines = new StringBuilder();
        lines.append("{\"type\":\"system\",\"subtype\":\"init\",\"tools\":[]}\n");
        for (int n = 0; n < messages; n++) {
            lines.append(
                    "{\"type\":\"assistant\",\"message\":{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"n=%d\"}]}}\n"
                            .formatted(n));
        }
        lines.append(
                "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,\"num_turns\":1,\"total_cost_usd\":0.01}\n");
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
              printf '{"type":"control_response","response":{"subtype":"success","request_id":"%%s","response":{}}}\\n' "$id" ;;
            *'"type":"user"'*) cat '%s' ;;
          esac
        done
        """
                .formatted(answer);
    }
}
