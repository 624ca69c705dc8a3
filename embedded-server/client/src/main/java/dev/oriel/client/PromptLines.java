package dev.oriel.client;

import java.util.List;

/// A part of the list of a session's prompts.
///
/// @param prompts newest first
/// @param next the position before which the list continues; 0 if it is complete
public record PromptLines(List<Line> prompts, long next) {
    /// Copies the list.
    public PromptLines {
        prompts = List.copyOf(prompts);
    }

    /// A prompt.
    ///
    /// @param seq its position
    /// @param text the beginning of its text
    /// @param timestamp when it was sent, ISO 8601; empty if unknown
    public record Line(long seq, String text, String timestamp) {}
}
