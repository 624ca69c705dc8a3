package dev.oriel.app.composer.attach;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// Makes the content of a prompt of its text and its attachments. On the thread that writes the
/// store.
final class PromptAssembly {
    private PromptAssembly() {}

    /// @param list attachments that are ready
    /// @param textOnly whether the server takes text only
    /// @param maxMessage as in [PromptSize#maxAttachments]
    /// @throws UncheckedIOException with a message for the user if an attachment cannot be read, or
    ///   the whole is larger than the server accepts
    static JsonNode read(
            DraftAttachments drafts,
            String key,
            List<DraftAttachment> list,
            String text,
            boolean textOnly,
            long maxMessage) {
        List<PromptContent.Part> parts = new ArrayList<>();
        for (DraftAttachment a : list) {
            parts.add(new PromptContent.Part(a, drafts.read(key, a)));
        }
        JsonNode content = PromptContent.of(text, parts, textOnly);
        String problem = PromptSize.problem(content, maxMessage);
        if (!problem.isEmpty()) {
            throw new UncheckedIOException(problem, new IOException(problem));
        }
        return content;
    }
}
