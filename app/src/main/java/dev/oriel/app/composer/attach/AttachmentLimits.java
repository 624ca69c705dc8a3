package dev.oriel.app.composer.attach;

import dev.oriel.app.composer.attach.DraftAttachment.Kind;
import dev.oriel.app.composer.attach.DraftAttachment.Status;
import dev.oriel.app.conversation.item.ByteSize;
import dev.oriel.app.media.ImageHeader;
import java.util.List;

/// What can be sent in one prompt. Pure.
///
/// The limits on images are those of the Messages API: 5 MB of base64 each, 8,000 pixels in each
/// direction, 100 in a request. An image whose longer edge has more than 1,568 pixels is scaled
/// down by the API, so it is sent in that size. The limit on the whole is that of a message to the
/// server, which announces it ([PromptSize]).
public final class AttachmentLimits {
    /// The longer edge of an image after scaling, pixels.
    public static final int EDGE = 1_568;

    /// The most bytes of an image, before base64.
    public static final long MAX_IMAGE_BYTES = 5L * 1024 * 1024 / 4 * 3;

    /// The most bytes of a file that is read at all.
    public static final long MAX_FILE_BYTES = 64L * 1024 * 1024;

    /// The most bytes of a PDF document, before base64: a request to the API has at most 32 MB.
    public static final long MAX_DOCUMENT_BYTES = 23L * 1024 * 1024;

    /// The most bytes of a text file.
    public static final long MAX_TEXT_BYTES = 512 * 1024;

    /// The most attachments of a prompt.
    static final int MAX_ATTACHMENTS = 100;

    private static final int MAX_IMAGES = 100;

    /// The most pixels in each direction that the API accepts.
    private static final int MAX_EDGE = 8_000;

    private AttachmentLimits() {}

    /// How an image is sent.
    public sealed interface ImagePlan {
        /// As it is.
        record AsItIs() implements ImagePlan {}

        /// Scaled to this size and encoded anew.
        record Scaled(int width, int height) implements ImagePlan {}

        /// @param reason a sentence for the user
        record Refused(String reason) implements ImagePlan {}
    }

    /// Decides how an image is sent.
    ///
    /// @param bytes size of the file
    public static ImagePlan plan(ImageHeader image, long bytes) {
        if (!image.format().isImage()) {
            return new ImagePlan.Refused("This is not an image.");
        }
        if (!image.format().isAcceptedImage() && !image.format().isDecodable()) {
            return new ImagePlan.Refused(
                    "Claude accepts PNG, JPEG, GIF and WebP images, not " + image.format() + ".");
        }
        if (image.width() == 0) {
            return new ImagePlan.Refused("The image is damaged.");
        }
        int longer = Math.max(image.width(), image.height());
        if (image.format().isAcceptedImage() && longer <= EDGE && bytes <= MAX_IMAGE_BYTES) {
            return new ImagePlan.AsItIs();
        }
        if (image.format().isDecodable()) {
            double scale = Math.min(1, (double) EDGE / longer);
            return new ImagePlan.Scaled(
                    Math.max(1, (int) Math.round(image.width() * scale)),
                    Math.max(1, (int) Math.round(image.height() * scale)));
        }
        // It cannot be scaled here.
        if (longer > MAX_EDGE) {
            return new ImagePlan.Refused(
                    "The image has %,d × %,d pixels; at most %,d in each direction can be sent."
                            .formatted(image.width(), image.height(), MAX_EDGE));
        }
        return bytes > MAX_IMAGE_BYTES
                ? new ImagePlan.Refused(
                        "The image has %s; at most %s can be sent."
                                .formatted(
                                        ByteSize.format(bytes), ByteSize.format(MAX_IMAGE_BYTES)))
                : new ImagePlan.AsItIs();
    }

    /// Why one more attachment does not fit; empty if it does.
    ///
    /// @param others those before it
    /// @param maxBytes of all attachments of a prompt together
    public static String refusal(
            List<DraftAttachment> others, DraftAttachment next, long maxBytes) {
        long images = others.stream().filter(a -> a.kind() == Kind.IMAGE).count();
        if (next.kind() == Kind.IMAGE && images >= MAX_IMAGES) {
            return "At most %d images can be sent together.".formatted(MAX_IMAGES);
        }
        long bytes = next.bytes();
        for (DraftAttachment other : others) {
            bytes += other.isReady() ? other.bytes() : 0;
        }
        return bytes > maxBytes
                ? "All attachments of a message together can have at most %s."
                        .formatted(ByteSize.format(maxBytes))
                : "";
    }

    /// Why attachments cannot be sent as they are; empty if they can.
    static String problem(List<DraftAttachment> all) {
        for (DraftAttachment a : all) {
            switch (a.status()) {
                case Status.Preparing _ -> {
                    return "“" + a.title() + "” is still being prepared.";
                }
                case Status.Refused(String reason, _) -> {
                    return "Remove “" + a.title() + "” first. " + reason;
                }
                case Status.Ready _ -> {
                    // It can be sent.
                }
            }
        }
        return "";
    }
}
