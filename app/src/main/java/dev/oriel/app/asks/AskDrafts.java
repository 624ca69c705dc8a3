package dev.oriel.app.asks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// The drafts of the open asks of all sessions. Comments on plans, reasons and changed inputs are
/// stored, so that they survive the end of the window; answers to forms are not, because they may
/// be secrets. Belongs to the JavaFX thread.
public final class AskDrafts {
    /// More than the number of open asks. If an ask is resolved elsewhere while its session is not
    /// open, its draft is not removed until then.
    private static final int MAX_DRAFTS = 200;

    private final Function<String, String> load;
    private final BiConsumer<String, String> save;
    private final LinkedHashMap<Key, AskDraft> all = new LinkedHashMap<>();

    /// Sessions whose stored drafts are in [#all].
    private final Set<String> loaded = new HashSet<>();

    private record Key(String session, String requestId) {}

    /// @param load returns what was saved under a key; empty if nothing was. Must not block
    /// @param save saves a text under a key; an empty one deletes it. Must not block
    public AskDrafts(Function<String, String> load, BiConsumer<String, String> save) {
        this.load = load;
        this.save = save;
    }

    /// Drafts that end with the window.
    public static AskDrafts inMemory() {
        return new AskDrafts(_ -> "", (_, _) -> {});
    }

    AskDraft of(String session, String requestId) {
        load(session);
        AskDraft draft =
                all.computeIfAbsent(
                        new Key(session, requestId), _ -> new AskDraft(() -> save(session)));
        if (all.size() > MAX_DRAFTS) {
            all.pollFirstEntry();
        }
        return draft;
    }

    void remove(String session, String requestId) {
        AskDraft removed = all.remove(new Key(session, requestId));
        if (removed != null && removed.isStored()) {
            save(session);
        }
    }

    /// Removes the drafts of a session whose asks are no longer open.
    ///
    /// @return the removed ones
    List<AskDraft> retain(String session, Set<String> open) {
        load(session);
        List<AskDraft> removed = new ArrayList<>();
        all.entrySet()
                .removeIf(e -> {
                    Key key = e.getKey();
                    boolean gone = key.session().equals(session) && !open.contains(key.requestId());
                    if (gone) {
                        removed.add(e.getValue());
                    }
                    return gone;
                });
        if (removed.stream().anyMatch(AskDraft::isStored)) {
            save(session);
        }
        return removed;
    }

    /// Deletes the drafts of a session that was deleted.
    void delete(String session) {
        all.keySet().removeIf(k -> k.session().equals(session));
        save.accept(key(session), "");
    }

    private static String key(String session) {
        return "asks-" + session;
    }

    private void load(String session) {
        if (!loaded.add(session)) {
            return;
        }
        String stored = load.apply(key(session));
        if (stored.isEmpty()) {
            return;
        }
        try {
            ObjectNode drafts = Json.parseObject(stored.getBytes(StandardCharsets.UTF_8));
            for (Map.Entry<String, JsonNode> draft : drafts.properties()) {
                all.put(
                        new Key(session, draft.getKey()),
                        AskDraft.from(draft.getValue(), () -> save(session)));
            }
        } catch (MalformedMessageException _) {
            save.accept(key(session), ""); // an older or a damaged file
        }
    }

    private void save(String session) {
        ObjectNode drafts = Json.object();
        all.forEach((key, draft) -> {
            if (key.session().equals(session) && draft.isStored()) {
                drafts.set(key.requestId(), draft.toJson());
            }
        });
        save.accept(key(session), drafts.isEmpty() ? "" : drafts.toString());
    }
}
