package dev.oriel.testing.claude;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// What a [FakeClaude] does in one turn, step by step. `system/init` before the steps and a
/// `result` after them come by themselves.
public final class FakeTurn {
    private final List<String> steps = new ArrayList<>();

    FakeTurn() {}

    List<String> steps() {
        return List.copyOf(steps);
    }

    /// Streams a text block, a delta per word, and says it whole.
    public FakeTurn text(String text) {
        return step("text " + encoded(text));
    }

    /// Wants to use a tool: `tool_use`, the ask, and when it is answered the `tool_result`.
    public FakeTurn ask(String tool, String inputJson) {
        return step("ask " + tool + " " + encoded(inputJson));
    }

    /// Sends a control request of another kind and waits for the answer.
    ///
    /// @param requestJson the inner object
    public FakeTurn request(String requestJson) {
        return step("request " + encoded(requestJson));
    }

    /// One line as it is.
    public FakeTurn line(String line) {
        return bytes((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /// Bytes as they are, flushed: pieces of a character, of a line, garbage.
    public FakeTurn bytes(byte[] bytes) {
        return step("bytes " + Base64.getEncoder().encodeToString(bytes));
    }

    /// A line on standard error.
    public FakeTurn stderr(String line) {
        return step("stderr " + encoded(line));
    }

    /// A whole assistant message whose line has this length.
    public FakeTurn longLine(int bytes) {
        return step("long " + bytes);
    }

    /// Lines of one size as fast as they are taken.
    ///
    /// @param lineBytes without the line break; at least 250
    /// @param journaled whole messages, or else deltas. The text begins with `n=… at=…`: its number
    ///   from 0, and [System#nanoTime] of this machine when it was written
    public FakeTurn flood(int lines, int lineBytes, boolean journaled) {
        return paced(lines, lineBytes, journaled, 0);
    }

    /// The same at a steady rate, each line flushed at its time.
    ///
    /// @param perSecond lines; 0 for no limit
    public FakeTurn paced(int lines, int lineBytes, boolean journaled, int perSecond) {
        return step("flood " + lines + " " + lineBytes + " " + journaled + " " + perSecond);
    }

    /// Waits, so that two writes become two reads.
    public FakeTurn pause(int millis) {
        return step("pause " + millis);
    }

    /// Waits for an interrupt.
    public FakeTurn hang() {
        return step("hang");
    }

    /// Starts a command that holds this process's output open and runs for a minute.
    public FakeTurn childProcess() {
        return step("child");
    }

    /// Exits at once, in mid-turn.
    public FakeTurn exit(int code) {
        return step("exit " + code);
    }

    /// Closes standard output and lives on.
    public FakeTurn closeOutput() {
        return step("close-output");
    }

    /// Ends the turn without a `result`.
    public FakeTurn noResult() {
        return step("no-result");
    }

    private FakeTurn step(String step) {
        steps.add("  " + step);
        return this;
    }

    static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
