package dev.oriel.app.asks;

import java.util.List;

/// A comment of the user on a part of a plan.
///
/// @param quote the part, as it is shown; may have several lines
/// @param text what the user says about it
public record PlanComment(String quote, String text) {
    /// The message for Claude with all comments, each under the lines that it is about.
    ///
    /// @param reason what the user says about the whole plan; may be blank
    public static String message(List<PlanComment> comments, String reason) {
        StringBuilder all = new StringBuilder();
        if (!comments.isEmpty()) {
            all.append("The plan needs changes. Comments on parts of it:\n\n");
        }
        for (PlanComment comment : comments) {
            comment.quote().strip().lines().forEach(l -> all.append("> ").append(l).append('\n'));
            all.append(comment.text().strip()).append("\n\n");
        }
        return all.append(reason.strip()).toString().strip();
    }
}
