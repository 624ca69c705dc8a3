package dev.oriel.agent.api.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.api.history.HistoryBlock.Kind;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// A conversation as encoded blocks, folded from messages. The same messages give the same history,
/// whether they are appended as they are emitted or read from the journal. Confined to one thread.
public final class ConversationHistory implements History {
    /// The API accepts 100 images in a request, and 32 MB.
    private static final int MAX_MEDIA = 90;

    private static final long MAX_MEDIA_BYTES = 24L * 1024 * 1024;

    private final ArrayList<HistoryLine> lines = new ArrayList<>();
    private Set<String> uuids = new HashSet<>();

    /// Counts requests: blocks of different responses are not joined, even if they have one id.
    private int request;

    /// What signed the thinking so far: the model, and who provides it.
    private String signer = "";

    /// Of the last response.
    private String answerKey = "";

    private boolean awaitsSummary;

    /// The tokens up to the last response whose usage is known; what was added since.
    private int counted;

    private int added;

    private int media;
    private long mediaBytes;

    @Override
    public void append(Message message) {
        if (message.parentToolUseId() != null) {
            return;
        }
        switch (message.type()) {
            case MessageType.USER -> appendUser(message);
            case MessageType.ASSISTANT -> appendAssistant(message);
            case MessageType.SYSTEM -> onSystem(message);
            case MessageType.CONVERSATION_RESET -> clear();
            case MessageType.RESULT -> request++;
            default -> {
                // Not part of the conversation.
            }
        }
    }

    private void appendUser(Message message) {
        JsonNode tree = message.tree();
        if (tree.path("isReplay").asBoolean()
                || tree.path("isMeta").asBoolean()
                || isKnown(message)) {
            return;
        }
        List<HistoryBlock> blocks = BlockCleaner.clean(tree.path("message").path("content"), true);
        HistoryLine line = new HistoryLine(uuid(message), "", false, blocks);
        if (awaitsSummary && tree.path("isCompactSummary").asBoolean()) {
            awaitsSummary = false;
            lines.addFirst(line);
            added += line.tokens();
        } else {
            addLine(line);
        }
    }

    private void appendAssistant(Message message) {
        JsonNode tree = message.tree();
        JsonNode answer = tree.path("message");
        String model = answer.path("model").asText();
        if (tree.has("local_command_run")) {
            removeCommand();
        }
        if (tree.path("is_api_error_message").asBoolean()
                || model.equals("<synthetic>")
                || isKnown(message)) {
            return;
        }
        String key = request + "/" + answer.path("id").asText();
        boolean isCopy = tree.path("oriel_interrupted").asBoolean();
        if (!isCopy && !lines.isEmpty() && lines.getLast().isCopy()) {
            // The whole block came after all, and replaces what Oriel saved of it.
            lines.removeIf(l -> l.isCopy() && l.answer().equals(key));
        }
        if (!key.equals(answerKey)) {
            answerKey = key;
            countInput(answer.path("usage"));
        }
        HistoryLine line =
                new HistoryLine(
                        uuid(message),
                        key,
                        isCopy,
                        BlockCleaner.clean(answer.path("content"), false));
        addLine(line);
    }

    /// The prompt was a command that was executed without the model.
    private void removeCommand() {
        if (!lines.isEmpty() && lines.getLast().isUser() && !lines.getLast().hasResult()) {
            added -= lines.removeLast().tokens();
        }
    }

    private void onSystem(Message message) {
        switch (message.subtype()) {
            case SystemSubtype.INIT -> {
                String who = signer(message.tree());
                if (!who.equals(signer)) {
                    dropThinking();
                    signer = who;
                }
            }
            case SystemSubtype.STATUS -> {
                if (message.tree().path("status").asText().equals("requesting")) {
                    request++;
                }
            }
            case SystemSubtype.COMPACT_BOUNDARY -> compact(message.tree().path("compact_metadata"));
            case null, default -> {
                // Not part of the conversation.
            }
        }
    }

    @Override
    public void dropThinking() {
        lines.replaceAll(l ->
                l.withBlocks(l.blocks().stream().filter(b -> b.kind() != Kind.THINKING).toList()));
    }

    private static String signer(JsonNode init) {
        JsonNode account = init.path("oriel_account");
        return init.path("model").asText()
                + '@'
                + account.path("id").asText()
                + '@'
                + account.path("base_url_host").asText();
    }

    private void compact(JsonNode metadata) {
        Set<String> preserved = new HashSet<>();
        metadata.path("preserved_messages").path("uuids").forEach(u -> preserved.add(u.asText()));
        lines.removeIf(l -> !preserved.contains(l.uuid()));
        awaitsSummary = true;
        counted = 0;
        added = lines.stream().mapToInt(HistoryLine::tokens).sum();
        media = lines.stream().mapToInt(HistoryLine::media).sum();
        mediaBytes = lines.stream().mapToLong(HistoryLine::mediaBytes).sum();
        request++;
    }

    @Override
    public void drop() {
        clear();
        lines.trimToSize();
        uuids = new HashSet<>();
        signer = "";
    }

    private void clear() {
        lines.clear();
        awaitsSummary = false;
        counted = 0;
        added = 0;
        media = 0;
        mediaBytes = 0;
        request++;
    }

    private boolean isKnown(Message message) {
        String uuid = message.uuid();
        return uuid != null && !uuids.add(uuid);
    }

    private static String uuid(Message message) {
        return Objects.requireNonNullElse(message.uuid(), "");
    }

    private void addLine(HistoryLine line) {
        lines.add(line);
        added += line.tokens();
        media += line.media();
        mediaBytes += line.mediaBytes();
        if (media > MAX_MEDIA || mediaBytes > MAX_MEDIA_BYTES) {
            removeOldMedia();
        }
    }

    /// Replaces the oldest images and documents by texts. So many at once that the conversation's
    /// cache becomes invalid rarely.
    private void removeOldMedia() {
        for (int i = 0; i < lines.size(); i++) {
            if (media <= MAX_MEDIA / 2 && mediaBytes <= MAX_MEDIA_BYTES / 2) {
                return;
            }
            HistoryLine line = lines.get(i);
            if (line.media() > 0) {
                media -= line.media();
                mediaBytes -= line.mediaBytes();
                lines.set(
                        i,
                        line.withBlocks(
                                line.blocks().stream().map(BlockCleaner::withoutMedia).toList()));
            }
        }
    }

    @Override
    public List<byte[]> messages() {
        return MessageEncoder.encode(lines, "");
    }

    /// The messages, or the last ones, with a text of the user at the end that is not part of the
    /// conversation.
    ///
    /// @param maxTokens the estimated size of the messages at most
    public List<byte[]> messagesWith(String text, int maxTokens) {
        int from = lines.size();
        for (int size = 0; from > 0; from--) {
            size += lines.get(from - 1).tokens();
            if (size > maxTokens) {
                break;
            }
        }
        return MessageEncoder.encode(lines.subList(from, lines.size()), text);
    }

    /// The `uuid`s of the last messages that form whole turns, beginning with a prompt. A prompt
    /// that nobody has answered is among them, whatever its size.
    ///
    /// @param maxTokens the estimated size at most
    public List<String> lastTurns(int maxTokens) {
        int from = lines.size();
        int size = 0;
        boolean isAnswered = false;
        for (int i = lines.size() - 1; i >= 0; i--) {
            HistoryLine line = lines.get(i);
            size += line.tokens();
            isAnswered |= !line.isUser() || line.hasResult();
            if (isAnswered && size > maxTokens) {
                break;
            }
            if (line.isUser() && !line.hasResult()) {
                from = i;
            }
        }
        return lines.subList(from, lines.size()).stream()
                .map(HistoryLine::uuid)
                .filter(u -> !u.isEmpty())
                .toList();
    }

    /// The estimated size of some messages.
    public int tokensOf(Collection<String> messages) {
        return lines.stream()
                .filter(l -> messages.contains(l.uuid()))
                .mapToInt(HistoryLine::tokens)
                .sum();
    }

    /// Removes the contents of results of tools, except of the last ones.
    ///
    /// @param keptTokens the estimated size of the last lines, which stay as they are
    /// @return the estimated number of tokens that were saved
    public int dropOldResults(int keptTokens) {
        int size = 0;
        int saved = 0;
        for (int i = lines.size() - 1; i >= 0; i--) {
            HistoryLine line = lines.get(i);
            size += line.tokens();
            if (size <= keptTokens || !line.hasResult()) {
                continue;
            }
            HistoryLine smaller =
                    line.withBlocks(
                            line.blocks().stream()
                                    .map(b -> b.kind() == Kind.TOOL_RESULT ? emptied(b) : b)
                                    .toList());
            saved += line.tokens() - smaller.tokens();
            media += smaller.media() - line.media();
            mediaBytes += smaller.mediaBytes() - line.mediaBytes();
            lines.set(i, smaller);
        }
        int fromAdded = Math.min(added, saved);
        added -= fromAdded;
        counted = Math.max(0, counted - (saved - fromAdded));
        return saved;
    }

    private static HistoryBlock emptied(HistoryBlock result) {
        HistoryBlock empty = BlockCleaner.withoutContent(result, "[removed to save space]");
        return empty.tokens() < result.tokens() ? empty : result;
    }

    @Override
    public boolean isCounted() {
        return counted > 0;
    }

    @Override
    public void onUsage(JsonNode usage) {
        request++; // the response has ended
        if (countInput(usage)) {
            counted += usage.path("output_tokens").asInt();
        }
    }

    /// Notes the size of a request.
    ///
    /// @return false if the API does not report it
    private boolean countInput(JsonNode usage) {
        int input =
                usage.path("input_tokens").asInt()
                        + usage.path("cache_creation_input_tokens").asInt()
                        + usage.path("cache_read_input_tokens").asInt();
        if (input <= 0) {
            return false;
        }
        counted = input;
        added = 0;
        return true;
    }

    @Override
    public int estimatedTokens() {
        return counted + added;
    }

    /// The encoded size, in bytes.
    public long size() {
        long size = 0;
        for (HistoryLine line : lines) {
            for (HistoryBlock b : line.blocks()) {
                size += b.json().length;
            }
        }
        return size;
    }
}
