package dev.oriel.testing.claude;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// The steps of one turn of a [FakeClaude]. `system/init` before the steps and a `result` after
/// them are added automatically.
public final class FakeTurn {
    private final List<String> steps = new ArrayList<>();

    FakeTurn() {}

    List<String> steps() {
        return List.copyOf(steps);
    }

    /// Streams a text block, one delta per word, followed by the complete block.
    public FakeTurn text(String text) {
        return step("text " + encoded(text));
    }

    /// Uses a tool: `tool_use`, the ask, and after its reply the `tool_result`.
    public FakeTurn ask(String tool, String inputJson) {
        return step("ask " + tool + " " + encoded(inputJson));
    }

    /// Sends another control request and waits for the response.
    ///
    /// @param requestJson the inner object
    public FakeTurn request(String requestJson) {
        return step("request " + encoded(requestJson));
    }

    /// Writes a line unchanged.
    public FakeTurn line(String line) {
        return bytes((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /// Writes and flushes bytes unchanged: parts of a character or line, or garbage.
    public FakeTurn bytes(byte[] bytes) {
        return step("bytes " + Base64.getEncoder().encodeToString(bytes));
    }

    /// Writes a line to standard error.
    public FakeTurn stderr(String line) {
        return step("stderr " + encoded(line));
    }

    /// Writes a complete assistant message whose line has this length.
    public FakeTurn longLine(int bytes) {
        return step("long " + bytes);
    }

    /// Writes lines of one size as fast as they are read.
    ///
    /// @param lineBytes the length without the line break; at least 250
    /// @param journaled whether the lines are complete messages instead of deltas. Each text begins
    ///   with `n=… at=…`: the number of the line, from 0, and [System#nanoTime] when it was written
    public FakeTurn flood(int lines, int lineBytes, boolean journaled) {
        return paced(lines, lineBytes, journaled, 0);
    }

    /// Writes lines of one size at a constant rate, each flushed.
    ///
    /// @param perSecond lines per second; 0 for no limit
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

    /// Starts a command that inherits standard output and runs for a minute.
    public FakeTurn childProcess() {
        return step("child");
    }

    /// Exits immediately, during the turn.
    public FakeTurn exit(int code) {
        return step("exit " + code);
    }

    /// Closes standard output and keeps running.
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
