package dev.oriel.app.transcript;

import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.conversation.item.Attachment;
import dev.oriel.app.conversation.item.ItemAttachments;
import dev.oriel.app.media.ImageDecoder;
import dev.oriel.app.media.view.MediaViewer;
import dev.oriel.app.transcript.document.ClickAction;
import java.util.List;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.MenuItem;
import org.jspecify.annotations.Nullable;

/// What can be done with the images and documents of the conversation: opened, and by the context
/// menu. Belongs to the JavaFX thread.
final class AttachmentActions {
    private final MediaViewer media;
    private final Node view;
    private final Supplier<@Nullable ConversationModel> conversation;

    /// @param view the view of the conversation, in a window
    /// @param conversation the one that is shown
    AttachmentActions(
            MediaViewer media, Node view, Supplier<@Nullable ConversationModel> conversation) {
        this.media = media;
        this.view = view;
        this.conversation = conversation;
    }

    void open(Attachment attachment) {
        media.open(attachment, images(), view.getScene().getWindow());
    }

    List<MenuItem> menuItems(TranscriptMenu.Target target) {
        return target.action() instanceof ClickAction.OpenAttachment(var attachment)
                ? media.menuItems(attachment, images(), view.getScene().getWindow())
                : List.of();
    }

    /// The images of the held part of the conversation, in their order.
    private List<Attachment> images() {
        ConversationModel model = conversation.get();
        return model == null
                ? List.of()
                : model.items().stream()
                        .flatMap(item -> ItemAttachments.of(item).stream())
                        .filter(ImageDecoder::canDecode)
                        .toList();
    }
}
