package dev.oriel.app.conversation.fold;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.Item.Level;
import dev.oriel.app.conversation.item.NextStep;
import dev.oriel.app.conversation.item.Truncation;
import dev.oriel.app.media.MediaBlocks;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The prompts for which the server could not start an agent, with the reason and an offer to
/// retry: the last items of the conversation until they are sent or withdrawn.
public final class UnsentItems {
    /// The id of the notice with the reason.
    public static final String REASON = "unsent:reason";

    /// A command for a terminal, as the server writes it in its sentences.
    private static final Pattern COMMAND = Pattern.compile("`((?:curl|irm|claude) [^`]+)`");

    private List<Item> items = List.of();

    /// Ids of shown items that no longer apply.
    private List<String> gone = List.of();

    /// @param message an `oriel_unsent` message: `{"error", "prompts": [{"uuid", "message"}]}`
    public void update(JsonNode message) {
        List<Item> now = new ArrayList<>();
        for (JsonNode prompt : message.path("prompts")) {
            JsonNode content = prompt.path("message").path("content");
            now.add(
                    new Item.Prompt(
                            "unsent:" + MessageFields.text(prompt, "uuid"),
                            0,
                            Truncation.truncate(MessageFields.content(content)),
                            MediaBlocks.attachments(content, 0)));
        }
        if (!now.isEmpty()) {
            String why = MessageFields.text(message, "error");
            now.add(
                    new Item.Notice(REASON, 0, Level.ERROR, "Not sent. " + why, List.of())
                            .withSteps(steps(why)));
        }
        Set<String> kept = now.stream().map(Item::id).collect(Collectors.toSet());
        gone = items.stream().map(Item::id).filter(id -> !kept.contains(id)).toList();
        items = List.copyOf(now);
    }

    private static List<NextStep> steps(String why) {
        List<NextStep> steps = new ArrayList<>();
        steps.add(new NextStep.SendAgain());
        Matcher command = COMMAND.matcher(why);
        if (command.find()) {
            steps.add(new NextStep.CopyCommand("Copy command", command.group(1)));
        }
        if (why.toLowerCase(Locale.ROOT).contains("account")) {
            steps.add(new NextStep.OpenAccounts());
        }
        if (why.contains("claude CLI")) {
            steps.add(new NextStep.OpenSettings());
        }
        return steps;
    }

    /// Moves the items to the end.
    void show(ItemWindow window) {
        gone.forEach(window::removeStreamed);
        gone = List.of();
        int size = window.items().size();
        int from = size - items.size();
        if (!items.isEmpty() && (from < 0 || !window.items().subList(from, size).equals(items))) {
            items.forEach(i -> window.removeStreamed(i.id()));
            items.forEach(window::put);
        }
    }
}
