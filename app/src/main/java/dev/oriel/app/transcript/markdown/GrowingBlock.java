package dev.oriel.app.transcript.markdown;

import dev.oriel.app.transcript.document.ParagraphBlock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Renders a long block at the end of an answer while it grows, without parsing all of it again.
interface GrowingBlock {
    /// @param text from the start of the block on, which starts with the text of the call before
    /// @return the blocks of paragraphs; null if this text is to be parsed as a whole
    @Nullable List<ParagraphBlock> render(String text);

    /// Whether the block has ended, so that this object is of no more use.
    boolean isClosed();
}
