package dev.oriel.stress;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Compares what clients received of one session with what its server has.
final class DeliveryAudit {
    private static final Pattern PIECE = Pattern.compile("<[0-9.]+>");

    private final Map<Long, String> numbered = new TreeMap<>();
    private final Set<String> acknowledged = new HashSet<>();
    private final Map<String, Long> deltas = new LinkedHashMap<>(); // with the time of each
    private final Set<String> writtenOff = new HashSet<>();

    /// Adds what a client has received.
    void add(List<RecordingSubscriber.Seen> frames) {
        for (RecordingSubscriber.Seen each : frames) {
            if (each.seq() > 0) {
                String before = numbered.putIfAbsent(each.seq(), each.text());
                if (before != null && !before.equals(each.text())) {
                    throw new StressFailure(
                            "seq " + each.seq() + " was " + before + ", is " + each.text());
                }
            }
            if (!each.acknowledged().isEmpty()) {
                acknowledged.add(each.acknowledged());
            }
            if (!each.delta().isEmpty()) {
                deltas.putIfAbsent(each.delta(), each.nanos());
            }
        }
    }

    /// Compares a replay of the whole conversation with everything received before, and adds it.
    ///
    /// @return milliseconds from the first delta that is missing to the last one that was received;
    ///   0 if none is missing
    long compare(List<RecordingSubscriber.Seen> replay) {
        Map<Long, String> now = new HashMap<>();
        Map<String, Integer> prompts = new HashMap<>();
        Map<String, Integer> pieces = new HashMap<>();
        long last = 0;
        for (RecordingSubscriber.Seen each : replay) {
            JsonNode frame = each.frame();
            if (each.is("system", "oriel_queue")) {
                frame.path("prompts").forEach(p -> prompts.putIfAbsent(p.path("uuid").asText(), 0));
            } else if (each.seq() > 0) {
                if (each.seq() != last + 1) {
                    throw new StressFailure("seq " + each.seq() + " behind " + last);
                }
                last = each.seq();
                now.put(each.seq(), each.text());
                if (frame.path("type").asText().equals("user")) {
                    prompts.merge(frame.path("uuid").asText(), 1, Integer::sum);
                }
                Matcher m = PIECE.matcher(frame.at("/message/content/0/text").asText());
                while (m.find()) {
                    pieces.merge(m.group(), 1, Integer::sum);
                }
            }
        }
        numbered.forEach((seq, text) -> {
            if (!text.equals(now.get(seq))) {
                throw new StressFailure("lost or changed, seq " + seq + ": " + text);
            }
        });
        acknowledged.forEach(uuid -> {
            if (!prompts.containsKey(uuid)) {
                throw new StressFailure("lost: the acknowledged prompt " + uuid);
            }
        });
        prompts.forEach((uuid, times) -> {
            if (times > 1) {
                throw new StressFailure("twice: the prompt " + uuid);
            }
        });
        pieces.forEach((piece, times) -> {
            if (times > 1) {
                throw new StressFailure("twice: the text " + piece);
            }
        });
        long missing = missing(pieces);
        add(replay);
        return missing;
    }

    /// Only the end of the last stream may be missing.
    private long missing(Map<String, Integer> kept) {
        long first = 0;
        long last = 0;
        List<String> gone = new ArrayList<>();
        for (var each : deltas.entrySet()) {
            boolean isKept = kept.containsKey(each.getKey());
            if (writtenOff.contains(each.getKey())) {
                continue;
            }
            last = each.getValue();
            if (!isKept) {
                first = gone.isEmpty() ? each.getValue() : first;
                gone.add(each.getKey());
            } else if (!gone.isEmpty()) {
                throw new StressFailure("lost in the middle: " + gone + " before " + each.getKey());
            }
        }
        writtenOff.addAll(gone);
        return gone.isEmpty() ? 0 : Math.max(1, (last - first) / 1_000_000);
    }

    int messages() {
        return numbered.size();
    }

    int prompts() {
        return acknowledged.size();
    }

    int pieces() {
        return deltas.size();
    }
}
