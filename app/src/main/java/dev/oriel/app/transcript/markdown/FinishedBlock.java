package dev.oriel.app.transcript.markdown;

import dev.oriel.app.transcript.document.ParagraphBlock;
import java.util.List;

/// A top-level block of a growing answer that no later text changes.
interface FinishedBlock {
    /// Its paragraphs, with the colours that are known now: the same objects as in the call before
    /// where no more are known.
    List<ParagraphBlock> blocks();
}
