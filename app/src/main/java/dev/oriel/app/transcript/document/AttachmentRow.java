package dev.oriel.app.transcript.document;

import dev.oriel.app.conversation.item.Attachment;
import dev.oriel.app.media.ImageDecoder;
import java.util.ArrayList;
import java.util.List;
import org.fxmisc.richtext.model.StyledSegment;

/// Renders attachments as one line, which is wrapped: images scaled, everything else as chips.
/// Pure; on any thread.
public final class AttachmentRow {
    /// The greatest height of a single image, pixels.
    static final int MAX_HEIGHT = 320;

    /// The greatest size of each of several images, pixels.
    private static final int THUMBNAIL_WIDTH = 200;

    private static final int THUMBNAIL_HEIGHT = 120;

    /// The greatest size of an image in a strip, pixels.
    private static final int STRIP_WIDTH = 120;

    private static final int STRIP_HEIGHT = 48;

    /// Room at the end of a strip for the number of further images, pixels.
    private static final int STRIP_REST = 110;

    /// The least width of a character of code, pixels: the column is known in characters.
    private static final int CHARACTER = 7;

    /// The most attachments that are shown.
    private static final int MOST = 200;

    private AttachmentRow() {}

    /// @param columns characters of code in a line
    public static List<StyledSegment<String, TextStyle>> of(
            List<Attachment> attachments, int columns) {
        boolean single = attachments.size() == 1;
        int width = columns * CHARACTER;
        List<StyledSegment<String, TextStyle>> line = new ArrayList<>();
        for (Attachment a : attachments.subList(0, Math.min(MOST, attachments.size()))) {
            if (!line.isEmpty()) {
                line.add(new StyledSegment<>("  ", TextStyle.PLAIN));
            }
            Embedded embedded =
                    ImageDecoder.canDecode(a)
                            ? scaled(
                                    a,
                                    single ? width : Math.min(width, THUMBNAIL_WIDTH),
                                    single ? MAX_HEIGHT : THUMBNAIL_HEIGHT)
                            : new Embedded.FileChip(a);
            line.add(embedded.segment(new ClickAction.OpenAttachment(a)));
        }
        if (attachments.size() > MOST) {
            String more = "  and %,d more".formatted(attachments.size() - MOST);
            line.add(new StyledSegment<>(more, TextStyle.QUIET));
        }
        return line;
    }

    /// Small images in one line that is not wrapped; empty if there is no image.
    ///
    /// @param width of the line, pixels
    public static List<StyledSegment<String, TextStyle>> strip(
            List<Attachment> attachments, int width) {
        List<Attachment> images = attachments.stream().filter(ImageDecoder::canDecode).toList();
        List<StyledSegment<String, TextStyle>> line = new ArrayList<>();
        int left = width - STRIP_REST;
        int shown = 0;
        for (Attachment a : images) {
            Embedded small = scaled(a, STRIP_WIDTH, STRIP_HEIGHT);
            int own = small instanceof Embedded.Picture p ? p.width() + 2 * CHARACTER : left;
            if (own > left) {
                break;
            }
            if (!line.isEmpty()) {
                line.add(new StyledSegment<>("  ", TextStyle.PLAIN));
            }
            line.add(small.segment(new ClickAction.OpenAttachment(a)));
            left -= own;
            shown++;
        }
        if (shown > 0 && shown < images.size()) {
            String more = "  and %,d more".formatted(images.size() - shown);
            line.add(new StyledSegment<>(more, TextStyle.QUIET));
        }
        return line;
    }

    private static Embedded scaled(Attachment image, int maxWidth, int maxHeight) {
        double scale =
                Math.min(
                        1,
                        Math.min(
                                (double) maxWidth / image.width(),
                                (double) maxHeight / image.height()));
        return new Embedded.Picture(
                image,
                Math.max(1, (int) Math.round(image.width() * scale)),
                Math.max(1, (int) Math.round(image.height() * scale)));
    }
}
