package dev.oriel.app.transcript.area;

import dev.oriel.app.conversation.item.Attachment;
import dev.oriel.app.conversation.item.MediaPlace;
import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.Embedded;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import java.util.List;
import org.fxmisc.richtext.model.StyledSegment;

/// Paragraphs with an embedded image.
final class EmbeddedSamples {
    private EmbeddedSamples() {}

    static Embedded picture(String mediaType, int index) {
        Attachment image =
                new Attachment(
                        Attachment.Kind.IMAGE, mediaType, "", 90, 4, 3, new MediaPlace(7, index));
        return new Embedded.Picture(image, 4, 3);
    }

    static List<ParagraphBlock> between(String before, String mediaType, String after) {
        BlockBuilder out = new BlockBuilder();
        out.add(
                ParagraphStyle.PLAIN,
                List.of(
                        new StyledSegment<>(before, TextStyle.PLAIN),
                        picture(mediaType, 0).segment(),
                        new StyledSegment<>(after, TextStyle.PLAIN)));
        return List.of(out.build());
    }
}
