package dev.oriel.app.media;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Formats of files, as their first bytes show them.
public enum MediaFormat {
    PNG("image/png", "png", true, true),
    JPEG("image/jpeg", "jpg", true, true),
    GIF("image/gif", "gif", true, true),
    WEBP("image/webp", "webp", false, true),
    BMP("image/bmp", "bmp", true, false),
    AVIF("image/avif", "avif", false, false),
    HEIC("image/heic", "heic", false, false),
    TIFF("image/tiff", "tif", false, false),
    SVG("image/svg+xml", "svg", false, false),
    PDF("application/pdf", "pdf", false, false),
    TEXT("text/plain", "txt", false, false),
    OTHER("application/octet-stream", "bin", false, false);

    private final String mediaType;
    private final String extension;
    private final boolean decodable;
    private final boolean accepted;

    MediaFormat(String mediaType, String extension, boolean decodable, boolean accepted) {
        this.mediaType = mediaType;
        this.extension = extension;
        this.decodable = decodable;
        this.accepted = accepted;
    }

    public String mediaType() {
        return mediaType;
    }

    /// The usual end of a file's name, without the dot.
    public String extension() {
        return extension;
    }

    /// Whether JavaFX can decode it. SVG could contain references and is never drawn.
    public boolean isDecodable() {
        return decodable;
    }

    /// Whether the API accepts it as an image.
    public boolean isAcceptedImage() {
        return accepted;
    }

    public boolean isImage() {
        return mediaType.startsWith("image/");
    }

    /// Recognises a file.
    ///
    /// @param head its first bytes; a few hundred suffice
    public static MediaFormat of(byte[] head) {
        if (starts(head, 0, "\u0089PNG\r\n\u001a\n")) {
            return PNG;
        }
        if (starts(head, 0, "\u00ff\u00d8\u00ff")) {
            return JPEG;
        }
        if (starts(head, 0, "GIF87a") || starts(head, 0, "GIF89a")) {
            return GIF;
        }
        if (starts(head, 0, "RIFF") && starts(head, 8, "WEBP")) {
            return WEBP;
        }
        if (starts(head, 0, "BM") && head.length > 26) {
            return BMP;
        }
        if (starts(head, 0, "II*\0") || starts(head, 0, "MM\0*")) {
            return TIFF;
        }
        if (starts(head, 0, "%PDF-")) {
            return PDF;
        }
        if (starts(head, 4, "ftyp")) {
            return starts(head, 8, "avi")
                    ? AVIF
                    : starts(head, 8, "hei") || starts(head, 8, "mif1") || starts(head, 8, "msf1")
                            ? HEIC
                            : OTHER;
        }
        String text = new String(head, 0, Math.min(512, head.length), StandardCharsets.UTF_8);
        return text.contains("<svg") ? SVG : OTHER;
    }

    private static boolean starts(byte[] bytes, int at, String with) {
        if (bytes.length < at + with.length()) {
            return false;
        }
        for (int i = 0; i < with.length(); i++) {
            if ((bytes[at + i] & 0xFF) != with.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// The format with a media type.
    ///
    /// @return [#OTHER] if it is unknown
    public static MediaFormat ofType(String mediaType) {
        return Arrays.stream(values())
                .filter(f -> f.mediaType.equals(mediaType))
                .findFirst()
                .orElse(OTHER);
    }
}
