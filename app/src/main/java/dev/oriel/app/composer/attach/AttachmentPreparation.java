package dev.oriel.app.composer.attach;

import dev.oriel.app.composer.attach.AttachmentLimits.ImagePlan;
import dev.oriel.app.composer.attach.DraftAttachment.Kind;
import dev.oriel.app.composer.attach.DraftAttachment.Status;
import dev.oriel.app.conversation.item.ByteSize;
import dev.oriel.app.media.ImageDecoder;
import dev.oriel.app.media.ImageEncoding;
import dev.oriel.app.media.ImageHeader;
import dev.oriel.app.media.LargePng;
import dev.oriel.app.media.MediaFormat;
import dev.oriel.app.media.UndecodableImageException;
import dev.oriel.app.media.WebpStructure;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import javafx.scene.image.Image;

/// Makes what is sent out of what was attached: recognises it by its content, scales images, and
/// refuses what cannot be sent. For a background thread, because large images take a second.
final class AttachmentPreparation {
    /// How many times an image is halved that is too large after encoding.
    private static final int MOST_HALVINGS = 4;

    /// The size in which an image is decoded to see whether it is damaged, pixels.
    private static final int PROBE = 16;

    private AttachmentPreparation() {}

    /// @param attachment ready, or refused
    /// @param content what is sent; empty if it was refused
    record Prepared(DraftAttachment attachment, byte[] content) {}

    /// @param empty what is known before the content
    static Prepared prepare(DraftAttachment empty, byte[] content) {
        return switch (empty.kind()) {
            case IMAGE, DOCUMENT, TEXT_FILE -> prepareFile(empty, content);
            case PASTED_TEXT -> text(empty, content, Kind.PASTED_TEXT);
        };
    }

    private static Prepared prepareFile(DraftAttachment empty, byte[] content) {
        ImageHeader header = ImageHeader.read(content);
        if (content.length == 0) {
            return refused(empty, "The file is empty.", false);
        }
        if (header.format() == MediaFormat.PDF) {
            return document(empty, content);
        }
        if (header.format().isImage() && header.format() != MediaFormat.SVG) {
            return image(empty, header, content);
        }
        return isText(content)
                ? text(empty, content, Kind.TEXT_FILE)
                : refused(empty, "Claude accepts images, PDF documents and text files.", true);
    }

    /// @param reason as in [Status.Refused]
    /// @param byPath as in [Status.Refused]
    static Prepared refused(DraftAttachment empty, String reason, boolean byPath) {
        return new Prepared(empty.withStatus(new Status.Refused(reason, byPath)), new byte[0]);
    }

    private static Prepared document(DraftAttachment empty, byte[] content) {
        if (content.length > AttachmentLimits.MAX_DOCUMENT_BYTES) {
            return refused(
                    empty,
                    "The document has %s; at most %s can be sent."
                            .formatted(
                                    ByteSize.format(content.length),
                                    ByteSize.format(AttachmentLimits.MAX_DOCUMENT_BYTES)),
                    true);
        }
        return ready(empty, Kind.DOCUMENT, MediaFormat.PDF, content, 0, 0, 0);
    }

    private static Prepared text(DraftAttachment empty, byte[] content, Kind kind) {
        if (content.length > AttachmentLimits.MAX_TEXT_BYTES) {
            return refused(
                    empty,
                    "The text has %s; at most %s can be attached."
                            .formatted(
                                    ByteSize.format(content.length),
                                    ByteSize.format(AttachmentLimits.MAX_TEXT_BYTES)),
                    true);
        }
        int lines = LongPaste.lines(new String(content, StandardCharsets.UTF_8));
        return ready(empty, kind, MediaFormat.OTHER, content, 0, 0, lines);
    }

    private static Prepared image(DraftAttachment empty, ImageHeader header, byte[] content) {
        return switch (AttachmentLimits.plan(header, content.length)) {
            case ImagePlan.Refused(String reason) -> refused(empty, reason, true);
            case ImagePlan.AsItIs() ->
                    isDamaged(header, content)
                            ? refused(empty, "The image is damaged.", false)
                            : ready(
                                    empty,
                                    Kind.IMAGE,
                                    header.format(),
                                    content,
                                    header.width(),
                                    header.height(),
                                    0);
            case ImagePlan.Scaled(int width, int height) ->
                    scaled(empty, header, content, width, height);
        };
    }

    /// The API refuses a whole prompt because of one damaged image, and each prompt after it.
    private static boolean isDamaged(ImageHeader header, byte[] content) {
        if (header.format() == MediaFormat.WEBP) {
            return !WebpStructure.isComplete(content);
        }
        try {
            return ImageDecoder.decode(content, PROBE, PROBE).isError();
        } catch (UndecodableImageException e) {
            return true;
        }
    }

    private static Prepared scaled(
            DraftAttachment empty, ImageHeader header, byte[] content, int width, int height) {
        boolean photo = header.format() == MediaFormat.JPEG;
        int w = width;
        int h = height;
        try {
            for (int i = 0; i <= MOST_HALVINGS; i++) {
                Image image =
                        LargePng.is(header)
                                ? LargePng.decode(content, header, Math.max(w, h))
                                : ImageDecoder.decode(content, w, h);
                ImageEncoding encoded = ImageEncoding.of(image, photo);
                if (encoded.content().length <= AttachmentLimits.MAX_IMAGE_BYTES) {
                    return ready(
                            empty,
                            Kind.IMAGE,
                            encoded.format(),
                            encoded.content(),
                            (int) image.getWidth(),
                            (int) image.getHeight(),
                            0);
                }
                w = Math.max(1, w / 2);
                h = Math.max(1, h / 2);
            }
        } catch (UndecodableImageException e) {
            return refused(empty, String.valueOf(e.getMessage()), !e.isDamaged());
        }
        return refused(empty, "The image is too large.", true);
    }

    private static Prepared ready(
            DraftAttachment empty,
            Kind kind,
            MediaFormat format,
            byte[] content,
            int width,
            int height,
            int lines) {
        return new Prepared(
                new DraftAttachment(
                        empty.id(),
                        kind,
                        empty.name(),
                        empty.path(),
                        format,
                        content.length,
                        width,
                        height,
                        lines,
                        new Status.Ready()),
                content);
    }

    /// Whether the content is UTF-8 without control characters that no text has.
    private static boolean isText(byte[] content) {
        for (byte b : content) {
            if (b >= 0 && b < 0x20 && b != '\n' && b != '\r' && b != '\t' && b != '\f'
                    && b != 0x1B) {
                return false;
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
