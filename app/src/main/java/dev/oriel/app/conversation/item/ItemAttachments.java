package dev.oriel.app.conversation.item;

import java.util.List;

/// The images and documents of items.
public final class ItemAttachments {
    private ItemAttachments() {}

    public static List<Attachment> of(Item item) {
        return switch (item) {
            case Item.Prompt p -> p.attachments();
            case Item.Tool t ->
                    t.run().output() == null ? List.of() : t.run().output().attachments();
            case Item.Answer _, Item.Thinking _, Item.TurnEnd _ -> List.of();
            case Item.Notice _, Item.Work _, Item.Compaction _ -> List.of();
        };
    }
}
