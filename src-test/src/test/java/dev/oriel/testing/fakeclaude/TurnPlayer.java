package dev.oriel.testing.fakeclaude;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;

/// Plays the steps of a turn until it is interrupted. State shared by the two threads is guarded by
/// this.
final class TurnPlayer {
    private final Path folder;
    private final CliLines lines;
    private final OutputStream out =
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 64 * 1024);

    private final UnaryOperator<String> outputFilter;
    private boolean playing;
    private boolean interrupted;
    private String awaitedRequest = "";
    private String response = "";
    private boolean inTool;
    private boolean error;
    private String streamedText = "";
    private int ids;

    TurnPlayer(Path folder, String session, UnaryOperator<String> told) {
        this.folder = folder;
        this.outputFilter = told;
        this.lines = new CliLines(session);
    }

    synchronized boolean lastResultWasError() {
        return error;
    }

    void replySuccess(String id, String response) {
        write(
                "{\"type\":\"control_response\",\"response\":{\"subtype\":\"success\",\"request_id\":\""
                        + id
                        + "\",\"response\":"
                        + response
                        + "}}");
    }

    void replyError(String id, String why) {
        write(
                "{\"type\":\"control_response\",\"response\":{\"subtype\":\"error\",\"request_id\":\""
                        + id
                        + "\",\"error\":"
                        + CliLines.quoted(why)
                        + "}}");
    }

    synchronized void interrupt(String id) {
        if (playing && !awaitedRequest.isEmpty()) {
            write(
                    "{\"type\":\"control_cancel_request\",\"request_id\":\""
                            + awaitedRequest
                            + "\"}");
        }
        replySuccess(id, "{\"still_queued\":[]}");
        if (playing) {
            interrupted = true;
            notifyAll();
        }
    }

    synchronized void onResponse(String id, String line) {
        if (id.equals(awaitedRequest)) {
            response = line;
            awaitedRequest = "";
            notifyAll();
        }
    }

    /// Plays steps outside a turn.
    void playSteps(List<String> steps) throws IOException, InterruptedException {
        for (String step : steps) {
            play(step);
        }
    }

    void play(List<String> steps) throws IOException, InterruptedException {
        begin();
        write(outputFilter.apply(lines.init(Path.of("").toAbsolutePath().toString())));
        boolean withResult = true;
        for (String step : steps) {
            if (step.equals("no-result")) {
                withResult = false;
            } else if (!isInterrupted()) {
                play(step);
            }
        }
        if (withResult) {
            end();
        }
    }

    private synchronized void begin() {
        playing = true;
        interrupted = false;
        inTool = false;
        streamedText = "";
    }

    private synchronized void end() {
        if (interrupted) {
            write(lines.marker("[Request interrupted by user" + (inTool ? " for tool use]" : "]")));
            write(lines.interrupted(inTool));
        } else {
            write(lines.result(streamedText));
        }
        error = interrupted;
        playing = false;
        awaitedRequest = "";
    }

    private synchronized boolean isInterrupted() {
        return interrupted;
    }

    private void play(String step) throws IOException, InterruptedException {
        String[] words = step.split(" ");
        switch (words[0]) {
            case "text" -> text(FakeScript.decoded(words[1]));
            case "ask" -> ask(words[1], FakeScript.decoded(words[2]));
            case "request" -> request(FakeScript.decoded(words[1]));
            case "bytes" -> raw(Base64.getDecoder().decode(words[1]));
            case "stderr" -> System.err.println(FakeScript.decoded(words[1]));
            case "long" -> longLine(Integer.parseInt(words[1]));
            case "flood" ->
                    new LineFlood(out, words[3].equals("true"), Integer.parseInt(words[2]))
                            .write(
                                    Integer.parseInt(words[1]),
                                    Integer.parseInt(words[4]),
                                    this::isInterrupted);
            case "pause" -> pause(Integer.parseInt(words[1]));
            case "hang" -> pause(Integer.MAX_VALUE);
            case "child" -> child();
            case "exit" -> Runtime.getRuntime().halt(Integer.parseInt(words[1]));
            case "close-output" -> out.close();
            default -> throw new IOException("unknown step: " + step);
        }
    }

    private void text(String text) {
        String id = "msg_" + ++ids;
        write(
                lines.event(
                        "{\"type\":\"message_start\",\"message\":{\"id\":\""
                                + id
                                + "\",\"role\":\"assistant\",\"content\":[]}}"));
        write(
                lines.event(
                        "{\"type\":\"content_block_start\",\"index\":0,"
                                + "\"content_block\":{\"type\":\"text\",\"text\":\"\"}}"));
        for (String word : text.split("(?<= )")) {
            write(lines.delta(word));
        }
        write(lines.assistant(id, "{\"type\":\"text\",\"text\":" + CliLines.quoted(text) + "}"));
        write(lines.event("{\"type\":\"content_block_stop\",\"index\":0}"));
        write(
                lines.event(
                        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},"
                                + "\"usage\":{\"output_tokens\":20}}"));
        write(lines.event("{\"type\":\"message_stop\"}"));
        streamedText = text;
    }

    private void ask(String tool, String input) throws InterruptedException {
        String use = "toolu_" + ++ids;
        write(
                lines.assistant(
                        "msg_" + ids,
                        "{\"type\":\"tool_use\",\"id\":\""
                                + use
                                + "\",\"name\":\""
                                + tool
                                + "\",\"input\":"
                                + input
                                + "}"));
        synchronized (this) {
            inTool = true;
        }
        String verdict =
                await(
                        "{\"subtype\":\"can_use_tool\",\"tool_name\":\""
                                + tool
                                + "\",\"input\":"
                                + input
                                + ",\"permission_suggestions\":[],\"tool_use_id\":\""
                                + use
                                + "\"}");
        boolean allowed =
                verdict.contains("\"behavior\":\"allow\"")
                        && verdict.contains("\"updatedInput\":{");
        write(lines.toolResult(use, allowed ? "ok" : "denied", !allowed));
        synchronized (this) {
            inTool = interrupted;
        }
    }

    private void request(String request) throws InterruptedException {
        await(request);
    }

    private synchronized String await(String request) throws InterruptedException {
        String id = "cli-" + ++ids;
        awaitedRequest = id;
        response = "";
        write(
                "{\"type\":\"control_request\",\"request_id\":\""
                        + id
                        + "\",\"request\":"
                        + request
                        + "}");
        while (response.isEmpty() && !interrupted) {
            wait();
        }
        awaitedRequest = "";
        return response;
    }

    private void longLine(int bytes) {
        String empty = lines.assistant("msg_" + ++ids, "{\"type\":\"text\",\"text\":\"\"}");
        String text = "x".repeat(Math.max(0, bytes - empty.length()));
        write(lines.assistant("msg_" + ids, "{\"type\":\"text\",\"text\":\"" + text + "\"}"));
    }

    private synchronized void pause(int millis) throws InterruptedException {
        long until = System.nanoTime() + millis * 1_000_000L;
        long left;
        while (!interrupted && (left = (until - System.nanoTime()) / 1_000_000) > 0) {
            wait(left);
        }
    }

    private void child() throws IOException {
        Process sleep = new ProcessBuilder("sleep", "60").inheritIO().start();
        FakeClaudeProcess.append(folder, "pids", String.valueOf(sleep.pid()));
    }

    private void write(String line) {
        try {
            raw((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void raw(byte[] bytes) throws IOException {
        synchronized (out) {
            out.write(bytes);
            out.flush();
        }
    }
}
