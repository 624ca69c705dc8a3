package dev.oriel.app.connection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.composer.ComposerTarget;
import dev.oriel.app.composer.QueuedPrompt;
import dev.oriel.app.composer.complete.AgentCommand;
import dev.oriel.app.shell.NewSessionDraft;
import dev.oriel.client.FileMatches;
import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.PromptOutbox;
import dev.oriel.client.ServerClient;
import dev.oriel.client.ServerClient.PastPrompt;
import dev.oriel.client.SessionInfo;
import dev.oriel.message.UserMessages;
import dev.oriel.platform.FutureFailures;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// The composer's target on the page of a new session: sending the first prompt creates the
/// session. Belongs to the JavaFX thread.
final class NewSessionTarget implements ComposerTarget {
    private final ExpectedServer server;
    private final NewSessionDraft draft;
    private final PromptOutbox outbox;
    private final Executor fx;
    private final BiConsumer<ServerClient, SessionInfo> onCreated;
    private final BiFunction<String, JsonNode, CompletableFuture<Void>> sendTo;

    /// The session that a prompt of this page creates; null before the first one.
    private @Nullable CompletableFuture<SessionInfo> creating;

    /// @param onCreated receives the created session after its first prompt was stored in the
    ///   outbox
    /// @param sendTo sends a further prompt to the created session, of which it gets the id
    NewSessionTarget(
            ExpectedServer server,
            NewSessionDraft draft,
            PromptOutbox outbox,
            Executor fx,
            BiConsumer<ServerClient, SessionInfo> onCreated,
            BiFunction<String, JsonNode, CompletableFuture<Void>> sendTo) {
        this.server = server;
        this.draft = draft;
        this.outbox = outbox;
        this.fx = fx;
        this.onCreated = onCreated;
        this.sendTo = sendTo;
    }

    /// The page is shown anew: its next prompt creates another session.
    void begin() {
        creating = null;
    }

    @Override
    public String key() {
        return NewSessionDraft.KEY;
    }

    /// While the server is expected, the prompt waits for it. A further prompt, sent before the
    /// created session is open, goes to that session.
    @Override
    public CompletableFuture<Void> send(JsonNode content) {
        CompletableFuture<SessionInfo> before = creating;
        if (before != null && !before.isCompletedExceptionally()) {
            return before.thenComposeAsync(created -> sendTo.apply(created.id(), content), fx);
        }
        NewSessionRequest request = draft.toRequest();
        CompletableFuture<SessionInfo> now =
                server.next()
                        .thenCompose(to ->
                                to.createSession(request)
                                        .thenCompose(created -> store(created, content))
                                        .thenApplyAsync(
                                                created -> {
                                                    onCreated.accept(to, created);
                                                    return created;
                                                },
                                                fx));
        creating = now;
        return now.thenAccept(_ -> {});
    }

    private CompletableFuture<SessionInfo> store(SessionInfo session, JsonNode content) {
        return store(outbox, session.id(), content).thenApply(_ -> session);
    }

    /// Stores a prompt for a session.
    ///
    /// @return fails with an [IOException] for the user
    static CompletableFuture<Void> store(PromptOutbox outbox, String session, JsonNode content) {
        return outbox.add(session, UserMessages.prompt(UUID.randomUUID(), content))
                .handle((_, failure) -> {
                    if (failure != null) {
                        throw new CompletionException(
                                new IOException(
                                        "Your message could not be saved to disk: "
                                                + FutureFailures.message(failure),
                                        failure));
                    }
                    return null;
                });
    }

    @Override
    public CompletableFuture<Void> interrupt() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> resumeQueue() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Boolean> withdraw(QueuedPrompt prompt) {
        return CompletableFuture.completedFuture(false);
    }

    /// Without a session nothing waits.
    @Override
    public String whyQueueIsFixed() {
        return "";
    }

    @Override
    public CompletableFuture<Void> reorder(List<String> uuids) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> sendNow(QueuedPrompt prompt) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> steer(QueuedPrompt prompt) {
        return CompletableFuture.completedFuture(null);
    }

    /// No agent runs for a session that does not exist yet.
    @Override
    public CompletableFuture<List<AgentCommand>> commands() {
        return CompletableFuture.failedFuture(
                new IOException("Claude’s own commands are listed once the session has begun."));
    }

    @Override
    public CompletableFuture<FileMatches> findFiles(String query, int limit) {
        ServerClient from = server.now();
        return from == null
                ? CompletableFuture.failedFuture(
                        new IOException("There is no connection to the server."))
                : from.findFilesIn(draft.folder().get(), query, limit);
    }

    /// The folder is the one that the session will have.
    @Override
    public CompletableFuture<List<PastPrompt>> findPrompts(
            String words, boolean everywhere, int limit) {
        ServerClient from = server.now();
        return from == null
                ? CompletableFuture.failedFuture(
                        new IOException("There is no connection to the server."))
                : everywhere
                        ? from.findAllPrompts(words, limit)
                        : from.findPromptsIn(draft.folder().get(), words, limit);
    }

    @Override
    public List<String> sentPrompts() {
        return List.of();
    }

    @Override
    public CompletableFuture<Boolean> loadOlderHistory() {
        return CompletableFuture.completedFuture(false);
    }
}
