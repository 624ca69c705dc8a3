package dev.oriel.app.transcript.document;

import dev.oriel.app.conversation.item.Attachment;
import org.fxmisc.richtext.model.StyledSegment;

/// What is shown in place of one character of text, see [#segment()]. Immutable. Its size is known
/// when it is rendered, so that the text around it does not move later.
///
/// Two of them next to each other need text between them unless they differ: equal neighbours would
/// become one segment.
public sealed interface Embedded {
    /// The character in whose place it is shown.
    char CHARACTER = '\uFFFC';

    /// What is copied and spoken instead of it, in one line.
    String text();

    /// The segment of text that stands for it.
    default StyledSegment<String, TextStyle> segment() {
        return new StyledSegment<>(String.valueOf(CHARACTER), TextStyle.PLAIN.withEmbedded(this));
    }

    /// The segment of text that stands for it, with what a click on it does.
    default StyledSegment<String, TextStyle> segment(ClickAction action) {
        TextStyle ink = TextStyle.PLAIN.withEmbedded(this).withAction(action);
        return new StyledSegment<>(String.valueOf(CHARACTER), ink);
    }

    /// An image.
    ///
    /// @param width on the screen, pixels
    /// @param height on the screen, pixels
    record Picture(Attachment image, int width, int height) implements Embedded {
        @Override
        public String text() {
            return image.label();
        }
    }

    /// A document, or an image that cannot be shown: an icon, a name and a size.
    record FileChip(Attachment file) implements Embedded {
        @Override
        public String text() {
            return file.label();
        }
    }
}
