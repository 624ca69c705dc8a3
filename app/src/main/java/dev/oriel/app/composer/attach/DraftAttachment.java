package dev.oriel.app.composer.attach;

import dev.oriel.app.conversation.item.ByteSize;
import dev.oriel.app.media.MediaFormat;
import dev.oriel.app.text.DisplayText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Something that is attached to a prompt that is not sent yet. Immutable. Its content is in the
/// [AttachmentStore], except while it is prepared and if it was refused.
///
/// @param id unique, and fit for a file's name
/// @param name of the file; empty for a text or an image of the clipboard
/// @param path of the file; empty if it has none
/// @param format of the content as it is sent
/// @param bytes size of the content
/// @param width of an image, pixels; 0 for others
/// @param height of an image, pixels; 0 for others
/// @param lines of a text; 0 for others
public record DraftAttachment(
        String id,
        Kind kind,
        String name,
        String path,
        MediaFormat format,
        long bytes,
        int width,
        int height,
        int lines,
        Status status) {
    /// The title of a pasted text.
    static final String PASTED = "Pasted text";

    /// How the content is sent.
    public enum Kind {
        IMAGE,
        DOCUMENT,
        TEXT_FILE,
        PASTED_TEXT
    }

    /// Whether it can be sent.
    public sealed interface Status {
        /// It is read, and scaled if it is too large.
        record Preparing() implements Status {}

        record Ready() implements Status {}

        /// @param reason a sentence for the user
        /// @param byPath whether the agent may make something of the file if it is told its path
        record Refused(String reason, boolean byPath) implements Status {
            Refused(String reason) {
                this(reason, false);
            }
        }
    }

    static DraftAttachment preparing(String id, Kind kind, String name, String path) {
        return new DraftAttachment(
                id, kind, name, path, MediaFormat.OTHER, 0, 0, 0, 0, new Status.Preparing());
    }

    static DraftAttachment file(String id, Path path) {
        Path name = path.getFileName();
        return preparing(
                id,
                Kind.TEXT_FILE,
                name == null ? path.toString() : name.toString(),
                path.toString());
    }

    DraftAttachment withStatus(Status next) {
        return new DraftAttachment(id, kind, name, path, format, bytes, width, height, lines, next);
    }

    public boolean isReady() {
        return status instanceof Status.Ready;
    }

    /// Whether it is sent as text, which every server accepts.
    public boolean isText() {
        return kind == Kind.TEXT_FILE || kind == Kind.PASTED_TEXT;
    }

    /// Whether it can be moved into the message.
    public boolean isExpandable() {
        return kind == Kind.PASTED_TEXT && isReady() && bytes <= LongPaste.MOST_EDITABLE;
    }

    /// The name on its chip.
    public String title() {
        return switch (kind) {
            case IMAGE -> name.isBlank() ? "Image" : shownName();
            case DOCUMENT -> name.isBlank() ? "Document" : shownName();
            case TEXT_FILE -> shownName();
            case PASTED_TEXT -> PASTED;
        };
    }

    /// On one line, with hidden characters visible: they could make one type of file look like
    /// another.
    private String shownName() {
        return DisplayText.argument(name).replace('\n', ' ');
    }

    /// What its chip says after the name.
    public String details() {
        return switch (status) {
            case Status.Preparing _ -> "…";
            case Status.Refused _ -> "cannot be sent";
            case Status.Ready _ -> {
                List<String> parts = new ArrayList<>();
                if (width > 0) {
                    parts.add(width + " × " + height);
                }
                if (isText()) {
                    parts.add(lines == 1 ? "1 line" : "%,d lines".formatted(lines));
                }
                if (kind != Kind.PASTED_TEXT) {
                    parts.add(ByteSize.format(bytes));
                }
                yield String.join("  ·  ", parts);
            }
        };
    }

    /// What a screen reader says.
    public String label() {
        String all = title() + ", " + details().replace("  ·  ", ", ");
        return status instanceof Status.Refused(String reason, _)
                ? title() + ". " + reason
                : status instanceof Status.Preparing ? title() + ", being prepared" : all;
    }
}
