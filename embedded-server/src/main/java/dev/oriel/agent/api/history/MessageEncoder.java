package dev.oriel.agent.api.history;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Encodes lines as messages of the API, with markers for its cache. Pure.
final class MessageEncoder {
    private static final byte[] USER = start("user");
    private static final byte[] ASSISTANT = start("assistant");

    private MessageEncoder() {}

    /// @param text of the user, follows the lines; may be empty
    static List<byte[]> encode(List<HistoryLine> lines, String text) {
        List<HistoryRepair.Turn> turns = HistoryRepair.repair(lines);
        HistoryBlock more = BlockCleaner.text(text);
        List<byte[]> messages = new ArrayList<>(turns.size());
        int unmarked = (int) turns.stream().filter(HistoryRepair.Turn::isUser).count();
        unmarked -= CacheMarkers.MARKED_MESSAGES;
        for (int i = 0; i < turns.size(); i++) {
            HistoryRepair.Turn turn = turns.get(i);
            boolean isMarked = turn.isUser() && unmarked-- <= 0;
            boolean takesMore = more != null && i == turns.size() - 1 && turn.isUser();
            messages.add(encode(turn, isMarked, takesMore ? more : null));
        }
        if (more != null && (turns.isEmpty() || !turns.getLast().isUser())) {
            messages.add(encode(new HistoryRepair.Turn(true, List.of(more)), false, null));
        }
        return messages;
    }

    private static byte[] encode(
            HistoryRepair.Turn turn, boolean marked, @Nullable HistoryBlock more) {
        ByteArrayOutputStream json = new ByteArrayOutputStream(sizeOf(turn));
        json.writeBytes(turn.isUser() ? USER : ASSISTANT);
        int last = turn.blocks().size() - 1;
        for (int i = 0; i <= last; i++) {
            if (i > 0) {
                json.write(',');
            }
            byte[] block = turn.blocks().get(i).json();
            json.writeBytes(marked && i == last ? CacheMarkers.mark(block) : block);
        }
        if (more != null) {
            json.write(',');
            json.writeBytes(more.json());
        }
        json.write(']');
        json.write('}');
        return json.toByteArray();
    }

    private static int sizeOf(HistoryRepair.Turn turn) {
        return 128 + turn.blocks().stream().mapToInt(b -> b.json().length + 1).sum();
    }

    private static byte[] start(String role) {
        return ("{\"role\":\"" + role + "\",\"content\":[").getBytes(StandardCharsets.UTF_8);
    }
}
