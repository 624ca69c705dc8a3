package dev.oriel.app.conversation.item;

import java.util.Locale;

/// A part of a message that is not text: an image, a document, or something unknown. The bytes stay
/// in the journal; [#place()] says where.
///
/// @param mediaType as the sender names it, such as `image/png`; empty if unknown
/// @param name of the file, its path, or the title of the document; empty if unknown
/// @param bytes size of the content; 0 if unknown
/// @param width of an image, pixels; 0 if unknown
/// @param height of an image, pixels; 0 if unknown
/// @param text of a text file that is attached to a prompt, bounded by [Truncation]; empty for
///   others
public record Attachment(
        Kind kind,
        String mediaType,
        String name,
        long bytes,
        int width,
        int height,
        MediaPlace place,
        String text) {
    /// An attachment that is not a text file.
    public Attachment(
            Kind kind,
            String mediaType,
            String name,
            long bytes,
            int width,
            int height,
            MediaPlace place) {
        this(kind, mediaType, name, bytes, width, height, place, "");
    }

    /// How an attachment is shown.
    public enum Kind {
        IMAGE,
        DOCUMENT,
        OTHER
    }

    /// Whether the bytes can be loaded. An image by URL, for example, has none.
    public boolean hasContent() {
        return bytes > 0 && place.seq() > 0 && place.index() >= 0;
    }

    /// With the path of its file, unless it has a name.
    public Attachment withPath(String path) {
        return name.isBlank() && !path.isBlank()
                ? new Attachment(kind, mediaType, path, bytes, width, height, place, text)
                : this;
    }

    /// The last part of the name, if it is a path.
    public String fileName() {
        int slash = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
        return name.substring(slash + 1);
    }

    /// `PNG`, `PDF`; for an unknown type the type itself.
    public String format() {
        String type = mediaType.replaceFirst(";.*", "").strip();
        String end = type.substring(type.lastIndexOf('/') + 1).replaceFirst("\\+.*", "");
        return switch (end) {
            case "" -> "";
            case "plain" -> "text";
            case "x-icon", "vnd.microsoft.icon" -> "ICO";
            case "x-bmp", "x-ms-bmp" -> "BMP";
            default -> end.length() <= 5 ? end.toUpperCase(Locale.ROOT) : end;
        };
    }

    /// What a screen reader says and what is copied: `Image, 1280 × 720, PNG`.
    public String label() {
        StringBuilder out =
                new StringBuilder(
                        switch (kind) {
                            case IMAGE -> "Image";
                            case DOCUMENT -> "Document";
                            case OTHER -> "Attachment";
                        });
        if (!fileName().isBlank()) {
            out.append(", ").append(Truncation.firstLine(fileName()));
        }
        if (width > 0 && height > 0) {
            out.append(", ").append(width).append(" × ").append(height);
        }
        if (!format().isEmpty()) {
            out.append(", ").append(Truncation.firstLine(format()));
        }
        if (bytes > 0 && kind != Kind.IMAGE) {
            out.append(", ").append(ByteSize.format(bytes));
        }
        return out.toString();
    }
}
