package dev.oriel.app.shell;

import dev.oriel.app.composer.ComposerTarget;
import dev.oriel.app.composer.QueuedPrompt;
import dev.oriel.client.Outbox;
import dev.oriel.client.Remote;
import dev.oriel.client.SessionInfo;
import dev.oriel.message.UserMessages;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The composer of the page on which a session begins: the first prompt makes the session. Belongs
/// to the JavaFX thread.
final class Beginning implements ComposerTarget {
    private final Supplier<@Nullable Remote> server;
    private final DraftPage draft;
    private final Outbox outbox;
    private final Executor fx;
    private final BiConsumer<Remote, SessionInfo> begun;

    /// @param server the one that is connected, or null
    /// @param begun hears of the session, whose first prompt then waits in the outbox
    Beginning(
            Supplier<@Nullable Remote> server,
            DraftPage draft,
            Outbox outbox,
            Executor fx,
            BiConsumer<Remote, SessionInfo> begun) {
        this.server = server;
        this.draft = draft;
        this.outbox = outbox;
        this.fx = fx;
        this.begun = begun;
    }

    @Override
    public String key() {
        return DraftPage.KEY;
    }

    @Override
    public CompletableFuture<Void> send(String text) {
        Remote to = server.get();
        if (to == null) {
            return CompletableFuture.failedFuture(
                    new IOException("There is no server to begin a session on."));
        }
        return to.create(draft.session()).thenAcceptAsync(made -> made(to, made, text), fx);
    }

    private void made(Remote on, SessionInfo session, String text) {
        try {
            outbox.put(session.id(), UserMessages.prompt(UUID.randomUUID(), text));
        } catch (IOException e) {
            throw new CompletionException(
                    new IOException("Your message could not be kept on disk.", e));
        }
        begun.accept(on, session);
    }

    @Override
    public CompletableFuture<Void> stop() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> goOn() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Boolean> withdraw(QueuedPrompt prompt) {
        return CompletableFuture.completedFuture(false);
    }

    @Override
    public List<String> history() {
        return List.of();
    }

    @Override
    public CompletableFuture<Boolean> olderHistory() {
        return CompletableFuture.completedFuture(false);
    }
}
