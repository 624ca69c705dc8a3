package dev.oriel.app.transcript;

import dev.oriel.app.controls.Controls;
import dev.oriel.app.transcript.area.TranscriptArea;
import dev.oriel.app.transcript.table.FontCellMeasure;
import java.util.List;
import javafx.scene.control.Label;

/// Invisible nodes whose styles determine the fonts of prose and code in the size that the user
/// chose. Belongs to the JavaFX thread.
final class FontSamples {
    private final Label prose = sample();
    private final Label code = sample();

    /// @param changed called after every change of a font
    FontSamples(Runnable changed) {
        code.getStyleClass().add("code-sample");
        code.fontProperty().addListener((_, _, _) -> changed.run());
        prose.fontProperty().addListener((_, _, _) -> changed.run());
    }

    private static Label sample() {
        Label sample = Controls.label();
        sample.setManaged(false);
        sample.setVisible(false);
        return sample;
    }

    /// The nodes. They must be in the scene.
    List<Label> nodes() {
        return List.of(prose, code);
    }

    /// Width of one character of code, pixels.
    double codeWidth() {
        return TranscriptArea.codeWidth(code.getFont());
    }

    FontCellMeasure measure() {
        return new FontCellMeasure(
                prose.getFont().getFamily(), code.getFont().getFamily(), prose.getFont().getSize());
    }
}
