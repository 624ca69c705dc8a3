package dev.oriel.session.branch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentLaunch.Conversation;
import dev.oriel.message.Json;
import dev.oriel.session.api.SeqRange;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which messages of a session are part of the agent's conversation, and with which conversation
/// the next agent starts. Immutable; stored in the session's options.
///
/// @param rewound the messages that were rewound, oldest first; they do not overlap
/// @param next the conversation that the next agent begins, until it has confirmed it; null for the
///   session's own
/// @param earlierCost what the agent's conversation had cost before it became this session's, US
///   dollars
public record Lineage(List<SeqRange> rewound, @Nullable Conversation next, double earlierCost) {
    public static final Lineage NONE = new Lineage(List.of(), null, 0);

    private static final String MEMBER = "lineage";

    public Lineage {
        rewound = List.copyOf(rewound);
    }

    /// The lineage of a new session that begins with a branch.
    public static Lineage startingWith(Conversation first) {
        return new Lineage(List.of(), first, 0);
    }

    public boolean isRewound(long seq) {
        return rewound.stream().anyMatch(r -> r.contains(seq));
    }

    /// With further messages rewound.
    ///
    /// @param range ends with the session's last message
    public Lineage rewind(SeqRange range, Conversation from) {
        List<SeqRange> all = new ArrayList<>(rewound);
        all.removeIf(r -> r.first() >= range.first());
        all.add(range);
        return new Lineage(all, from, earlierCost);
    }

    /// The lineage of a copy of the first messages.
    ///
    /// @param last seq of the last message of the copy
    public Lineage until(long last, @Nullable Conversation first) {
        List<SeqRange> kept = rewound.stream().filter(r -> r.last() <= last).toList();
        return new Lineage(kept, first, 0);
    }

    /// The agent has confirmed a conversation: later agents resume it.
    public Lineage withoutNext() {
        return next == null ? this : new Lineage(rewound, null, earlierCost);
    }

    public Lineage withEarlierCost(double cost) {
        return new Lineage(rewound, next, cost);
    }

    private boolean isEmpty() {
        return rewound.isEmpty() && next == null && earlierCost == 0;
    }

    /// Adds the lineage to a session's options.
    ///
    /// @param options a JSON object; null for none
    public @Nullable String addTo(@Nullable String options) {
        if (isEmpty()) {
            return options;
        }
        ObjectNode all = options == null ? Json.object() : Json.parseStored(options);
        ObjectNode own = all.putObject(MEMBER);
        own.set("rewound", SeqRange.toJson(rewound));
        if (earlierCost > 0) {
            own.put("earlier_cost", earlierCost);
        }
        Conversation wanted = next;
        if (wanted != null) {
            ObjectNode json = own.putObject("next").put("id", wanted.id().toString());
            if (wanted instanceof Conversation.Branched(_, UUID from, UUID after)) {
                json.put("from", from.toString()).put("after", after.toString());
            }
        }
        return all.toString();
    }

    /// A session's options without its lineage.
    public static @Nullable String removeFrom(@Nullable String options) {
        if (options == null) {
            return null;
        }
        ObjectNode all = Json.parseStored(options);
        all.remove(MEMBER);
        return all.isEmpty() ? null : all.toString();
    }

    /// @param options result of [#addTo], or null
    public static Lineage fromOptions(@Nullable String options) {
        if (options == null) {
            return NONE;
        }
        JsonNode own = Json.parseStored(options).path(MEMBER);
        List<SeqRange> ranges = new ArrayList<>();
        for (JsonNode range : own.path("rewound")) {
            ranges.add(new SeqRange(range.path(0).asLong(), range.path(1).asLong()));
        }
        double earlierCost = own.path("earlier_cost").asDouble(0);
        JsonNode next = own.path("next");
        if (next.isMissingNode()) {
            return new Lineage(ranges, null, earlierCost);
        }
        UUID id = uuid(next, "id");
        return new Lineage(
                ranges,
                next.has("from")
                        ? new Conversation.Branched(id, uuid(next, "from"), uuid(next, "after"))
                        : new Conversation.Fresh(id),
                earlierCost);
    }

    private static UUID uuid(JsonNode json, String member) {
        return UUID.fromString(json.path(member).asText());
    }
}
