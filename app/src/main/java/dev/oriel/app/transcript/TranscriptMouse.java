package dev.oriel.app.transcript;

import dev.oriel.app.controls.Controls;
import dev.oriel.app.transcript.area.TranscriptArea;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import java.util.OptionalInt;
import java.util.function.Consumer;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.fxmisc.richtext.CharacterHit;
import org.fxmisc.richtext.model.Paragraph;
import org.fxmisc.richtext.model.TwoDimensional.Bias;
import org.fxmisc.richtext.model.TwoDimensional.Position;
import org.jspecify.annotations.Nullable;

/// The mouse in the transcript: clicks on links and items, and the context menu.
final class TranscriptMouse {
    private final TranscriptArea pane;

    /// Returns the Markdown of the items between two paragraphs.
    interface Source {
        String markdown(int fromParagraph, int toParagraph);
    }

    TranscriptMouse(TranscriptArea pane, Consumer<ClickAction> act, Source source) {
        this.pane = pane;
        pane.addEventHandler(
                MouseEvent.MOUSE_CLICKED,
                e -> {
                    if (e.getButton() == MouseButton.PRIMARY
                            && e.isStillSincePress()
                            && e.getClickCount() == 1
                            && pane.getSelection().getLength() == 0) {
                        ClickAction action = at(e.getX(), e.getY());
                        if (action != null) {
                            act.accept(action);
                        }
                    }
                });
        MenuItem copy = Controls.menuItem("Copy");
        copy.setOnAction(_ -> pane.copy());
        MenuItem markdown = Controls.menuItem("Copy as Markdown");
        markdown.setOnAction(_ -> {
            Position from = pane.offsetToPosition(pane.getSelection().getStart(), Bias.Forward);
            Position to = pane.offsetToPosition(pane.getSelection().getEnd(), Bias.Backward);
            pane.copyToClipboard(source.markdown(from.getMajor(), to.getMajor()));
        });
        MenuItem all = Controls.menuItem("Select all");
        all.setOnAction(_ -> pane.selectAll());
        ContextMenu menu = new ContextMenu(copy, markdown, all);
        menu.setOnShowing(_ -> copy.setDisable(pane.getSelection().getLength() == 0));
        pane.setContextMenu(menu);
        pane.addEventHandler(
                MouseEvent.MOUSE_PRESSED,
                e -> {
                    if (e.getButton() == MouseButton.SECONDARY
                            && pane.getSelection().getLength() == 0) {
                        pane.moveTo(pane.hit(e.getX(), e.getY()).getInsertionIndex());
                    }
                });
    }

    private @Nullable ClickAction at(double x, double y) {
        CharacterHit hit = pane.hit(x, y);
        Position place = pane.offsetToPosition(hit.getInsertionIndex(), Bias.Backward);
        Paragraph<ParagraphStyle, String, TextStyle> paragraph =
                pane.getParagraph(place.getMajor());
        OptionalInt character = hit.getCharacterIndex();
        if (character.isPresent()) {
            Position c = pane.offsetToPosition(character.getAsInt(), Bias.Forward);
            paragraph = pane.getParagraph(c.getMajor());
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
