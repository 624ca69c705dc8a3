package dev.oriel.app.media.view;

import dev.oriel.app.access.DecorativeIcon;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.conversation.item.Attachment;
import dev.oriel.app.conversation.item.ByteSize;
import dev.oriel.app.conversation.item.Truncation;
import dev.oriel.app.text.DisplayText;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.feather.Feather;

/// A document in the text, or an image that cannot be shown: an icon, the name, type and size.
final class FileChipNode extends HBox {
    private static final double MAX_WIDTH = 380;

    FileChipNode(Attachment file) {
        super(6);
        getStyleClass().add("file-chip");
        setAlignment(Pos.CENTER_LEFT);
        setMaxWidth(MAX_WIDTH);
        setAccessibleRole(AccessibleRole.TEXT);
        setAccessibleText(file.label());
        setCursor(file.hasContent() ? Cursor.HAND : null);
        Label name = Controls.label(title(file));
        name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        Label details = Controls.label(details(file));
        details.getStyleClass().add("quiet");
        details.setMinWidth(USE_PREF_SIZE);
        getChildren().addAll(new DecorativeIcon(icon(file)), name, details);
    }

    private static Feather icon(Attachment file) {
        return switch (file.kind()) {
            case IMAGE -> Feather.IMAGE;
            case DOCUMENT -> Feather.FILE_TEXT;
            case OTHER -> Feather.PAPERCLIP;
        };
    }

    private static String title(Attachment file) {
        if (!file.fileName().isBlank()) {
            // A direction override can make one type of file look like another.
            return DisplayText.argument(Truncation.firstLine(file.fileName()));
        }
        return switch (file.kind()) {
            case IMAGE -> "Image";
            case DOCUMENT -> "Document";
            case OTHER -> "Attachment";
        };
    }

    private static String details(Attachment file) {
        List<String> parts = new ArrayList<>();
        if (!file.format().isEmpty()) {
            parts.add(file.format());
        }
        if (file.width() > 0) {
            parts.add(file.width() + " × " + file.height());
        }
        if (file.bytes() > 0) {
            parts.add(ByteSize.format(file.bytes()));
        }
        return String.join("  ·  ", parts);
    }
}
