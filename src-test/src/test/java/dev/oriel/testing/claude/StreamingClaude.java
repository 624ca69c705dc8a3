package dev.oriel.testing.claude;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// A substitute for the `claude` CLI that streams: a shell script, so that hundreds of starts are
/// cheap. Each reply consists of several messages, each first as deltas and then complete. Every
/// delta has a unique text, `<process.turn.message.delta>`, so that missing and duplicate deltas
/// are detected. It supports `interrupt`.
public final class StreamingClaude {
    private StreamingClaude() {}

    /// Writes the script.
    ///
    /// @param messages the number of messages in a reply
    /// @param deltas the number of deltas of a message
    /// @param pause the time between two deltas, in the syntax of `sleep`
    /// @return the program to start instead of `claude`
    public static Path in(Path folder, int messages, int deltas, String pause) {
        try {
            Path program = Files.createDirectories(folder).resolve("claude");
            Files.writeString(
                    program,
                    SCRIPT.replace("MESSAGES", String.valueOf(messages))
                            .replace("DELTAS", String.valueOf(deltas))
                            .replace("PAUSE", pause));
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
            return program;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Each line is written with one `write` of less than a page, so that lines of the script's two
    /// processes are never interleaved.
    private static final String SCRIPT =
            """
            #!/bin/sh
            case "$1" in
              --version) echo '2.1.332 (Claude Code)'; exit 0 ;;
              auth) echo '{"loggedIn":true,"authMethod":"api_key"}'; exit 0 ;;
            esac
            run=$(date +%s%N)
            run=${run#????}
            run=${run%??????}
            turn=0
            streaming=
            event() { printf '{"type":"stream_event","event":{"type":%s}}\\n' "$1"; }
            result() {
              printf '{"type":"result","subtype":"%s","is_error":%s,"num_turns":1,"total_cost_usd":0.01}\\n' "$1" "$2"
            }
            stream() {
              trap 'result error_during_execution true; exit 0' TERM
              echo '{"type":"system","subtype":"init","tools":[]}'
              m=0
              while [ $m -lt MESSAGES ]; do
                id="msg_$run.$turn.$m"
                text=
                event "\\"message_start\\",\\"message\\":{\\"id\\":\\"$id\\"}"
                event '"content_block_start","index":0,"content_block":{"type":"text","text":""}'
                d=0
                while [ $d -lt DELTAS ]; do
                  piece="<$run.$turn.$m.$d>"
                  event "\\"content_block_delta\\",\\"index\\":0,\\"delta\\":{\\"type\\":\\"text_delta\\",\
            \\"text\\":\\"$piece\\"}"
                  text="$text$piece"
                  d=$((d + 1))
                  sleep PAUSE
                done
                printf '{"type":"assistant","message":{"id":"%s","role":"assistant","content":[{"type":"text",\
            "text":"%s"}]}}\\n' "$id" "$text"
                event '"content_block_stop","index":0'
                event '"message_stop"'
                m=$((m + 1))
              done
              trap '' TERM
              result success false
            }
            while read -r line; do
              case "$line" in
                *'"type":"control_request"'*)
                  id=${line#*'"request_id":"'}
                  id=${id%%'"'*}
                  printf '{"type":"control_response","response":{"subtype":"success","request_id":"%s",\
            "response":{}}}\\n' "$id"
                  case "$line" in
                    *'"subtype":"interrupt"'*) [ -z "$streaming" ] || kill -TERM "$streaming" 2>/dev/null ;;
                  esac ;;
                *'"type":"user"'*)
                  [ -z "$streaming" ] || wait "$streaming"
                  turn=$((turn + 1))
                  stream &
                  streaming=$! ;;
              esac
            done
            [ -z "$streaming" ] || wait "$streaming"
            """;
}
