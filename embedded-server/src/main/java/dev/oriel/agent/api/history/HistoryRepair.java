package dev.oriel.agent.api.history;

import dev.oriel.agent.api.history.HistoryBlock.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes messages that the API accepts of any lines: roles alternate, beginning with the user, and
/// each tool call is followed by its result. Pure; what it adds depends only on what is before, so
/// that more lines leave the beginning as it is.
final class HistoryRepair {
    static final String NO_RESULT = "Interrupted before it ran or finished.";
    static final String CONTINUED = "(conversation continued)";

    private final List<Turn> turns = new ArrayList<>();
    private final Set<String> usedIds = new HashSet<>();

    private HistoryRepair() {}

    /// A message of the API.
    ///
    /// @param blocks at least one
    record Turn(boolean isUser, List<HistoryBlock> blocks) {}

    /// @return empty if the lines have no content
    static List<Turn> repair(List<HistoryLine> lines) {
        List<Turn> joined = join(lines);
        HistoryRepair repair = new HistoryRepair();
        for (int i = 0; i < joined.size(); i++) {
            Turn turn = joined.get(i);
            if (turn.isUser()) {
                repair.addUser(turn.blocks());
            } else {
                repair.addAssistant(turn.blocks(), i == joined.size() - 1);
            }
        }
        repair.end();
        return repair.turns;
    }

    /// Joins lines of one role. The blocks of a response can be separated by the results of its
    /// first tool calls, which ended before the last block had arrived.
    private static List<Turn> join(List<HistoryLine> lines) {
        List<Turn> joined = new ArrayList<>();
        String answer = "";
        int answerAt = -1;
        for (HistoryLine line : lines) {
            if (line.blocks().isEmpty()) {
                continue;
            }
            int last = joined.size() - 1;
            if (line.isUser()) {
                if (last >= 0 && joined.get(last).isUser()) {
                    joined.get(last).blocks().addAll(line.blocks());
                } else {
                    joined.add(new Turn(true, new ArrayList<>(line.blocks())));
                }
            } else if (answerAt >= 0 && line.answer().equals(answer)) {
                joined.get(answerAt).blocks().addAll(line.blocks());
            } else {
                // A response that continues the one before it, for example after a pause.
                boolean continues =
                        last >= 0
                                && !joined.get(last).isUser()
                                && idsOf(joined.get(last).blocks(), Kind.TOOL_USE).isEmpty();
                if (continues) {
                    joined.get(last).blocks().addAll(line.blocks());
                } else {
                    joined.add(new Turn(false, new ArrayList<>(line.blocks())));
                }
                answer = line.answer();
                answerAt = joined.size() - 1;
            }
        }
        return joined;
    }

    private @Nullable Turn last() {
        return turns.isEmpty() ? null : turns.getLast();
    }

    private void addAssistant(List<HistoryBlock> blocks, boolean isLast) {
        List<HistoryBlock> valid = new ArrayList<>();
        Set<String> calls = new HashSet<>();
        Set<String> served = new HashSet<>();
        boolean isPaused = isLast && idsOf(blocks, Kind.TOOL_USE).isEmpty();
        for (int i = 0; i < blocks.size(); i++) {
            HistoryBlock b = blocks.get(i);
            List<HistoryBlock> rest = blocks.subList(i + 1, blocks.size());
            boolean keep =
                    switch (b.kind()) {
                        case TOOL_USE -> calls.add(b.id());
                        // The API continues its own call if the response was paused in it.
                        case SERVER_USE ->
                                (isPaused || idsOf(rest, Kind.SERVER_RESULT).contains(b.id()))
                                        && calls.add(b.id())
                                        && served.add(b.id());
                        case SERVER_RESULT -> served.remove(b.id());
                        case TOOL_RESULT -> false;
                        default -> true;
                    };
            if (keep) {
                valid.add(b);
            }
        }
        while (!valid.isEmpty() && valid.getLast().kind() == Kind.THINKING) {
            valid.removeLast(); // the API refuses it as the last block
        }
        if (valid.isEmpty()) {
            return;
        }
        Turn before = last();
        if (before == null) {
            turns.add(
                    new Turn(true, List.of(Objects.requireNonNull(BlockCleaner.text(CONTINUED)))));
        } else if (!before.isUser()) {
            if (idsOf(before.blocks(), Kind.TOOL_USE).isEmpty()) {
                before.blocks().addAll(valid);
                return;
            }
            addUser(List.of());
        }
        turns.add(new Turn(false, valid));
    }

    /// @param blocks results are taken for the calls of the message before, in the order of the
    ///   calls; all others are dropped
    private void addUser(List<HistoryBlock> blocks) {
        Turn before = last();
        List<HistoryBlock> content = new ArrayList<>();
        if (before != null && !before.isUser()) {
            answerCalls(before, blocks, content);
        }
        blocks.stream().filter(b -> b.kind() != Kind.TOOL_RESULT).forEach(content::add);
        if (content.isEmpty()) {
            return;
        }
        if (before != null && before.isUser()) {
            before.blocks().addAll(content);
        } else {
            turns.add(new Turn(true, content));
        }
    }

    private void answerCalls(Turn calls, List<HistoryBlock> from, List<HistoryBlock> to) {
        Map<String, HistoryBlock> results = new HashMap<>();
        from.stream()
                .filter(b -> b.kind() == Kind.TOOL_RESULT)
                .forEach(b -> results.putIfAbsent(b.id(), b));
        List<HistoryBlock> blocks = calls.blocks();
        Map<String, HistoryBlock> renamed = new LinkedHashMap<>();
        for (int i = 0; i < blocks.size(); i++) {
            HistoryBlock call = blocks.get(i);
            if (call.kind() != Kind.TOOL_USE) {
                continue;
            }
            HistoryBlock result = results.get(call.id());
            String id = uniqueId(call.id());
            if (!id.equals(call.id())) {
                blocks.set(i, BlockCleaner.withId(call, id));
                result = result == null ? null : BlockCleaner.withId(result, id);
            }
            renamed.put(id, result == null ? BlockCleaner.result(id, NO_RESULT) : result);
        }
        to.addAll(renamed.values());
    }

    /// Some local servers count the calls of each response from 0; the API wants ids that are
    /// unique in the whole conversation.
    private String uniqueId(String id) {
        String unique = id;
        for (int n = 2; !usedIds.add(unique); n++) {
            unique = id + "_" + n;
        }
        return unique;
    }

    private void end() {
        Turn last = last();
        if (last == null || last.isUser()) {
            return;
        }
        if (!idsOf(last.blocks(), Kind.TOOL_USE).isEmpty()) {
            addUser(List.of());
            return;
        }
        // A response that is to be continued must not end with white space.
        HistoryBlock end = last.blocks().getLast();
        if (end.kind() == Kind.TEXT) {
            HistoryBlock stripped = BlockCleaner.withoutTrailingSpace(end);
            last.blocks().removeLast();
            if (stripped != null) {
                last.blocks().add(stripped);
            }
        }
    }

    private static Set<String> idsOf(List<HistoryBlock> blocks, Kind kind) {
        return blocks.stream()
                .filter(b -> b.kind() == kind)
                .map(HistoryBlock::id)
                .collect(Collectors.toCollection(HashSet::new));
    }
}
