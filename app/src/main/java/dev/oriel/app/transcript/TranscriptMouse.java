package dev.oriel.app.transcript;

import dev.oriel.app.transcript.area.TranscriptArea;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import java.util.OptionalInt;
import java.util.function.Consumer;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.fxmisc.richtext.CharacterHit;
import org.fxmisc.richtext.model.Paragraph;
import org.fxmisc.richtext.model.TwoDimensional.Bias;
import org.fxmisc.richtext.model.TwoDimensional.Position;
import org.jspecify.annotations.Nullable;

/// The mouse in the transcript: clicks on links and items, and where the context menu opens.
final class TranscriptMouse {
    private final TranscriptArea area;

    TranscriptMouse(TranscriptArea area, Consumer<ClickAction> perform, TranscriptMenu menu) {
        this.area = area;
        area.addEventHandler(
                MouseEvent.MOUSE_CLICKED,
                e -> {
                    if (e.getButton() == MouseButton.PRIMARY
                            && e.isStillSincePress()
                            && e.getClickCount() == 1
                            && area.getSelection().getLength() == 0) {
                        ClickAction action = actionAt(e.getX(), e.getY());
                        if (action != null) {
                            perform.accept(action);
                        }
                    }
                });
        area.addEventHandler(
                MouseEvent.MOUSE_PRESSED,
                e -> {
                    if (e.getButton() == MouseButton.SECONDARY) {
                        menu.setPressed(actionAt(e.getX(), e.getY()));
                    }
                    if (e.getButton() == MouseButton.SECONDARY
                            && area.getSelection().getLength() == 0) {
                        area.moveTo(area.hit(e.getX(), e.getY()).getInsertionIndex());
                    }
                });
    }

    private @Nullable ClickAction actionAt(double x, double y) {
        CharacterHit hit = area.hit(x, y);
        Position place = area.offsetToPosition(hit.getInsertionIndex(), Bias.Backward);
        Paragraph<ParagraphStyle, String, TextStyle> paragraph =
                area.getParagraph(place.getMajor());
        OptionalInt character = hit.getCharacterIndex();
        if (character.isPresent()) {
            Position c = area.offsetToPosition(character.getAsInt(), Bias.Forward);
            paragraph = area.getParagraph(c.getMajor());
            if (c.getMinor() < paragraph.length()) {
                ClickAction own = paragraph.getStyleAtPosition(c.getMinor() + 1).action();
                if (own != null) {
                    return own;
                }
            }
        }
        return paragraph.getParagraphStyle().action();
    }
}
