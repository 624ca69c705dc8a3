package dev.oriel.app.composer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.composer.complete.AgentCommand;
import dev.oriel.client.FileMatches;
import dev.oriel.client.ServerClient.PastPrompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A target of the composer that records its calls.
final class RecordingTarget implements ComposerTarget {
    final String key;
    final List<String> sent = new ArrayList<>();
    CompletableFuture<Void> sending = CompletableFuture.completedFuture(null);
    CompletableFuture<Void> interruption = new CompletableFuture<>();
    boolean stillWaiting = true;
    @Nullable JsonNode queued;
    final List<String> older = new ArrayList<>();
    CompletableFuture<Void> loading = CompletableFuture.completedFuture(null);
    String found = "here";
    int resumed;
    final List<String> did = new ArrayList<>();
    CompletableFuture<Void> reordering = CompletableFuture.completedFuture(null);

    RecordingTarget(String key) {
        this.key = key;
    }

    @Override
    public CompletableFuture<List<PastPrompt>> findPrompts(
            String words, boolean everywhere, int limit) {
        return CompletableFuture.completedFuture(
                List.of(new PastPrompt(everywhere ? "there" : found, "s")));
    }

    @Override
    public String whyQueueIsFixed() {
        return "";
    }

    @Override
    public CompletableFuture<Void> reorder(List<String> uuids) {
        did.add("order " + uuids);
        return reordering;
    }

    @Override
    public CompletableFuture<Void> sendNow(QueuedPrompt prompt) {
        did.add("now " + prompt.uuid());
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> steer(QueuedPrompt prompt) {
        did.add("steer " + prompt.uuid());
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<List<AgentCommand>> commands() {
        return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public CompletableFuture<FileMatches> findFiles(String query, int limit) {
        return CompletableFuture.completedFuture(new FileMatches(List.of(), false, false));
    }

    @Override
    public Optional<JsonNode> queuedContent(QueuedPrompt prompt) {
        return Optional.ofNullable(queued);
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public CompletableFuture<Void> send(JsonNode content) {
        sent.add(content.asText());
        return sending;
    }

    @Override
    public CompletableFuture<Void> interrupt() {
        return interruption;
    }

    @Override
    public CompletableFuture<Void> resumeQueue() {
        resumed++;
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Boolean> loadOlderHistory() {
        return loading.thenApply(_ -> {
            boolean any = !older.isEmpty();
            sent.addAll(0, older);
            older.clear();
            return any;
        });
    }

    @Override
    public CompletableFuture<Boolean> withdraw(QueuedPrompt prompt) {
        return CompletableFuture.completedFuture(stillWaiting);
    }

    @Override
    public List<String> sentPrompts() {
        return List.copyOf(sent);
    }
}
