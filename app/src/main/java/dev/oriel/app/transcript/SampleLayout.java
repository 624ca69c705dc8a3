package dev.oriel.app.transcript;

import dev.oriel.app.fx.FxLane;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.render.SampleConversation;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/// Loads the classes and fonts that the first conversation needs: first in the background, then on
/// the JavaFX thread, in steps so short that input is handled between them.
final class SampleLayout {
    /// Characters of code in a line.
    private static final int COLUMNS = 88;

    /// How often the sample is laid out: after that, most of the code for it is compiled.
    private static final int ROUNDS = 3;

    private final TranscriptDocument document;
    private final BooleanSupplier isUnused;

    /// @param isUnused whether no conversation is shown
    SampleLayout(TranscriptDocument document, BooleanSupplier isUnused) {
        this.document = document;
        this.isUnused = isUnused;
    }

    void start(Executor background, FxLane lane) {
        background.execute(() -> {
            for (int i = 0; i < ROUNDS; i++) {
                for (ParagraphBlock block : SampleConversation.render(COLUMNS)) {
                    lane.post(() -> layOut(List.of(block)));
                }
            }
            lane.post(() -> layOut(List.of()));
        });
    }

    private void layOut(List<ParagraphBlock> sample) {
        if (isUnused.getAsBoolean()) {
            document.showSample(sample);
        }
    }
}
