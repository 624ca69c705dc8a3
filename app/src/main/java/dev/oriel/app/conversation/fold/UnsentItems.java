package dev.oriel.app.conversation.fold;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.Item.Level;
import dev.oriel.app.conversation.item.Truncation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The prompts for which the server could start no agent, with the reason and what to do: the last
/// items of the conversation until they are sent or taken back.
public final class UnsentItems {
    private static final String REASON = "unsent:reason";
    private static final String RETRY = "unsent:retry";

    private List<Item> items = List.of();

    /// Ids of items that are shown and no longer true.
    private List<String> gone = List.of();

    /// @param told the `oriel_unsent` message
    public void update(JsonNode told) {
        List<Item> now = new ArrayList<>();
        for (JsonNode prompt : told.path("prompts")) {
            JsonNode content = prompt.path("message").path("content");
            now.add(
                    new Item.Prompt(
                            "unsent:" + MessageFields.text(prompt, "uuid"),
                            0,
                            Truncation.truncate(MessageFields.content(content)),
                            MessageFields.count(content, "image", "document")));
        }
        if (!now.isEmpty()) {
            String why = MessageFields.text(told, "error");
            now.add(new Item.Notice(REASON, 0, Level.ERROR, "Not sent. " + why, List.of()));
            now.add(new Item.Retry(RETRY, 0));
        }
        Set<String> kept = now.stream().map(Item::id).collect(Collectors.toSet());
        gone = items.stream().map(Item::id).filter(id -> !kept.contains(id)).toList();
        items = List.copyOf(now);
    }

    /// Puts them at the end of a stretch.
    void show(ItemWindow stretch) {
        gone.forEach(stretch::removeStreamed);
        gone = List.of();
        int size = stretch.items().size();
        int from = size - items.size();
        if (!items.isEmpty() && (from < 0 || !stretch.items().subList(from, size).equals(items))) {
            items.forEach(i -> stretch.removeStreamed(i.id()));
            items.forEach(stretch::put);
        }
    }
}
