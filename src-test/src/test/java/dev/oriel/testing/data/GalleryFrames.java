package dev.oriel.testing.data;

import dev.oriel.message.Message;
import java.util.List;

/// A conversation that contains every kind of item, for visual inspection.
public final class GalleryFrames {
    private GalleryFrames() {}

    private static final String ANSWER =
            """
            # The parser, in short
            It reads **one line at a time** and never holds more than a *single* record. The entry point is \
            `parse(Path)`, and the
            [format](https://example.org/format) is described elsewhere; ~~the old one~~ is gone.

            ## What I would change
            1. Read bytes, not characters, so that a line which is cut inside a character does not break.
            2. Bound the line length:
               - 64 MB is plenty,
               - and a longer one is an error with a position.
            3. Report the line number.

            - [x] tests for empty input
            - [ ] tests for a missing last newline

            > A quote that runs over more than one line, to see whether the rule at its left goes all the way \
            down and whether the text keeps its place.

            ```java
            static Record parse(byte[] line) throws MalformedException {
                // one pass, no copies
                return new Parser(line).record();
            }
            ```

            | case | before | after | note |
            |:-----|-------:|------:|:-----|
            | empty file | 1.2 ms | 0.3 ms | nothing to read |
            | 10,000 lines | 84.0 ms | 21.5 ms | most of it was decoding, which is done lazily now and only \
            where somebody asks |
            | one 20 MB line | fails | 310.0 ms | |

            ---
            ### Next
            Say the word and I run the benchmarks again.
            """;

    private static final String PATCH =
            """
            {"tool_use_result": {"structuredPatch": [{"oldStart": 12, "oldLines": 3, "newStart": 12, "newLines": 4,
             "lines": [" void count() {", "-    int n = 1;", "+    int n = 0;", "+    int lines = 0;", " }"]}]}}
            """;

    /// @return a finished turn with all kinds of items, and a running turn
    public static List<Message> all() {
        SampleFrames f = new SampleFrames();
        f.prompt("Look at the parser and tell me what you would change.\nKeep it short, please.");
        f.thinking("m1", "The user wants a short review.\nI should read the parser first.");
        f.toolUse(
                "m1",
                "t1",
                "Read",
                "{\"file_path\":\"/home/user/project/src/main/java/org/example/reader/Parser.java\"}");
        f.toolResult("t1", "1\tpackage org.example.reader;\n2\t\n3\tfinal class Parser {", false);
        f.toolUse(
                "m1",
                "t2",
                "Bash",
                "{\"command\":\"mvn -q -Dtest=ParserTest test && echo \\\"all"
                        + " good\\\"\",\"description\":\"Run the parser's tests\"}");
        f.toolResult(
                "t2",
                """
                Exit code 1
                ParserTest.emptyInput: expected 0 but was 1
                    at ParserTest.java:31\
                """,
                true);
        f.toolUse(
                "m2",
                "t3",
                "Edit",
                "{\"file_path\":\"/home/user/project/Parser.java\",\"old_string\":\"int n ="
                        + " 1;\",\"new_string\":\"int n = 0;\"}");
        f.toolResult("t3", "The file was updated.", false, PATCH);
        f.toolUse(
                "m2",
                "t4",
                "WebFetch",
                "{\"url\":\"https://example.org/format\",\"prompt\":\"What is the format?\"}");
        f.toolResult(
                "t4",
                "Denied",
                true,
                "{\"tool_result_meta\":[{\"id\":\"t4\",\"permission_decision\":{\"decision\":\"reject\"}}]}");
        f.toolUse(
                "m2",
                "t5",
                "Task",
                "{\"description\":\"Find the callers\",\"prompt\":\"Find all callers of parse\"}");
        f.toolResult("t5", "3 callers", false);
        f.text("m3", ANSWER);
        f.result(48_300);
        f.journaled(
                "{\"type\":\"system\",\"subtype\":\"compact_boundary\",\"compact_metadata\":{\"pre_tokens\":168000}}");
        f.prompt("Thanks. Run them again.");
        f.journaled(
                "{\"type\":\"system\",\"subtype\":\"api_retry\",\"attempt\":2,\"max_retries\":10,"
                        + "\"retry_delay_ms\":900,\"error_status\":529}");
        f.journaled(
                """
                {"type": "system", "subtype": "oriel_agent_exited", "cause": "crashed",
                 "text": "Claude stopped unexpectedly. Your next prompt starts it again.",
                 "last_words": ["FATAL: out of memory"]}
                """);
        f.prompt("And now?");
        f.toolUse("m4", "t6", "Bash", "{\"command\":\"./bench --rounds 5\"}");
        f.messageStart("m5")
                .blockStart(0, "text")
                .delta(0, "The first rounds are in, and it looks **much");
        return f.take();
    }
}
