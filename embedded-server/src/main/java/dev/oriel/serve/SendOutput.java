package dev.oriel.serve;

import dev.oriel.client.connect.Chat;
import dev.oriel.log.LogText;
import java.io.PrintWriter;
import java.util.Optional;

/// Writes what `send` receives: the answer, or the frames, to standard output, and problems to
/// standard error.
final class SendOutput implements Chat.Listener {
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean frames;

    /// @param frames whether frames are written instead of the text
    SendOutput(PrintWriter out, PrintWriter err, boolean frames) {
        this.out = out;
        this.err = err;
        this.frames = frames;
    }

    @Override
    public void onText(String text) {
        if (!frames) {
            out.print(text);
            out.flush();
        }
    }

    @Override
    public void onFrame(String frame) {
        if (frames) {
            out.println(frame.stripTrailing());
            out.flush();
        }
    }

    @Override
    public Optional<String> onToolAsk(Chat.ToolAsk ask) {
        writeError("denied: " + ask.tool() + " (there is no user to ask; see --permission-mode)");
        return Optional.of("Nobody is there who could be asked.");
    }

    /// Writes the end of an answer.
    void finish(Chat.Answer answer) {
        if (!frames && !answer.text().isEmpty() && !answer.text().endsWith("\n")) {
            out.println();
        }
        out.flush();
        if (answer.error()) {
            writeError(answer.problem());
        }
    }

    /// Writes one line to standard error.
    void writeError(String text) {
        err.println("oriel-server: " + LogText.escape(text.strip()));
        err.flush();
    }
}
