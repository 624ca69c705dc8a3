package dev.oriel.agent.cli.process;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The way to the CLI's standard input. A malformed line there kills the CLI (seen with all
/// versions), so that every line is checked or made here. Any thread; never blocks.
public final class StdinQueue {
    private final CliProcessLoop life;
    private final List<byte[]> held = new ArrayList<>(); // guarded by this
    private boolean holding; // guarded by this
    private @Nullable List<byte[]> unheard = new ArrayList<>(); // guarded by this

    public StdinQueue(CliProcessLoop life) {
        this.life = life;
    }

    /// @param line one JSON object of the family, without a line break
    public synchronized void send(byte[] line) {
        if (unheard != null) {
            unheard.add(line);
        }
        life.send(line);
    }

    /// Sends a prompt, once prompts are not held back any more.
    public synchronized void sendPrompt(byte[] line) {
        if (holding) {
            held.add(line);
        } else {
            send(line);
        }
    }

    /// Holds prompts back until [#releasePrompts()]; all else goes out.
    public synchronized void holdPrompts() {
        holding = true;
    }

    public synchronized void releasePrompts() {
        holding = false;
        held.forEach(this::send);
        held.clear();
    }

    /// The process has spoken, so that what it was sent need not be kept for another.
    public synchronized void discardReplay() {
        unheard = null;
    }

    /// Another process has taken the place of one that left without a word: it is told everything
    /// again.
    synchronized void replay() {
        if (unheard != null) {
            unheard.forEach(life::send);
        }
    }

    /// The line of a prompt.
    ///
    /// @throws IllegalArgumentException if the CLI would exit on it or never answer it
    public static byte[] encodePrompt(Message user) {
        JsonNode message = user.tree().path("message");
        JsonNode content = message.path("content");
        if (!user.is("user")
                || !"user".equals(message.path("role").textValue())
                || !(content.isTextual() || content.isArray())) {
            throw new IllegalArgumentException("a prompt is a checked user message");
        }
        return oneLine(user);
    }

    /// JSON may be laid out on several lines; the CLI reads each one by itself.
    private static byte[] oneLine(Message message) {
        for (byte b : message.bytes()) {
            if (b == '\n' || b == '\r') {
                return Json.encode(message.tree());
            }
        }
        return message.bytes();
    }
}
