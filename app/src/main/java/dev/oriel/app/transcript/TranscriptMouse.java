package dev.oriel.app.transcript;

import dev.oriel.app.controls.Controls;
import dev.oriel.app.conversation.item.Attachment;
import dev.oriel.app.transcript.area.TranscriptArea;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.fxmisc.richtext.CharacterHit;
import org.fxmisc.richtext.model.Paragraph;
import org.fxmisc.richtext.model.TwoDimensional.Bias;
import org.fxmisc.richtext.model.TwoDimensional.Position;
import org.jspecify.annotations.Nullable;

/// The mouse in the transcript: clicks on links and items, and the context menu.
final class TranscriptMouse {
    private final TranscriptArea area;

    /// The attachment for which the context menu opens; null for none.
    private @Nullable Attachment under;

    /// Returns the Markdown of the items between two paragraphs.
    interface MarkdownSource {
        String markdown(int fromParagraph, int toParagraph);
    }

    /// @param items makes the menu items of an attachment
    TranscriptMouse(
            TranscriptArea area,
            Consumer<ClickAction> perform,
            MarkdownSource source,
            Function<Attachment, List<MenuItem>> items) {
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
        MenuItem copy = Controls.menuItem("Copy");
        copy.setOnAction(_ -> area.copy());
        MenuItem markdown = Controls.menuItem("Copy as Markdown");
        markdown.setOnAction(_ -> {
            Position from = area.offsetToPosition(area.getSelection().getStart(), Bias.Forward);
            Position to = area.offsetToPosition(area.getSelection().getEnd(), Bias.Backward);
            area.copyToClipboard(source.markdown(from.getMajor(), to.getMajor()));
        });
        MenuItem all = Controls.menuItem("Select all");
        all.setOnAction(_ -> area.selectAll());
        ContextMenu menu = new ContextMenu(copy, markdown, all);
        List<MenuItem> always = List.copyOf(menu.getItems());
        menu.setOnShowing(_ -> {
            copy.setDisable(area.getSelection().getLength() == 0);
            menu.getItems().setAll(always);
            if (under != null) {
                menu.getItems().add(0, new SeparatorMenuItem());
                menu.getItems().addAll(0, items.apply(under));
            }
        });
        area.setContextMenu(menu);
        area.addEventHandler(
                MouseEvent.MOUSE_PRESSED,
                e -> {
                    if (e.getButton() == MouseButton.SECONDARY) {
                        under =
                                actionAt(e.getX(), e.getY())
                                                instanceof ClickAction.OpenAttachment(var a)
                                        ? a
                                        : null;
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
