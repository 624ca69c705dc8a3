package dev.oriel.app.composer.attach;

import dev.oriel.app.media.ImageEncoding;
import dev.oriel.app.media.ImageScaler;
import java.io.File;
import javafx.scene.image.Image;
import javafx.scene.input.Clipboard;

/// Attaches what is pasted or dropped. A dragboard is a clipboard.
public final class TransferredContent {
    private TransferredContent() {}

    /// @return whether there is something that [#attach] would attach, as far as it is known
    ///   without reading it
    static boolean isAttachable(Clipboard from) {
        return from.hasFiles() || (from.hasImage() && !from.hasString());
    }

    /// Attaches files, an image, or a long text.
    ///
    /// @return false if the content is text for the editor, or nothing
    public static boolean attach(Clipboard from, AttachmentsViewModel to) {
        if (from.hasFiles()) {
            to.addFiles(from.getFiles().stream().map(File::toPath).toList());
            return true;
        }
        // Spreadsheets offer a picture of the text.
        String text = from.hasString() ? from.getString() : "";
        if (!text.isBlank()) {
            if (LongPaste.isLong(text)) {
                to.addPaste(text);
                return true;
            }
            return false;
        }
        Image image = from.hasImage() ? from.getImage() : null;
        if (image == null) {
            return false;
        }
        to.addImage(() ->
                ImageEncoding.of(ImageScaler.fit(image, AttachmentLimits.EDGE), false).content());
        return true;
    }
}
