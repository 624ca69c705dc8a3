package dev.oriel.app.connection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.composer.ComposerViewModel;
import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.rewind.PromptPoint;
import dev.oriel.app.rewind.RewindActions;
import dev.oriel.app.session.OpenSession;
import dev.oriel.client.ServerClient;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// Returns to earlier prompts of one session, also if the window shows another one by then: a
/// prompt is named by its position, which is that of something else there. Belongs to the JavaFX
/// thread.
public final class SessionReturn implements RewindActions {
    private final OpenSession session;
    private final ConversationModel conversation;
    private final SessionNavigator navigator;
    private final ComposerViewModel composer;
    private final Executor fx;

    /// @param session the session that is open
    /// @param conversation its conversation
    public SessionReturn(
            OpenSession session,
            ConversationModel conversation,
            SessionNavigator navigator,
            ComposerViewModel composer,
            Executor fx) {
        this.session = session;
        this.conversation = conversation;
        this.navigator = navigator;
        this.composer = composer;
        this.fx = fx;
    }

    @Override
    public CompletableFuture<String> fork(long before) {
        ServerClient server = session.server();
        return server.forkSession(session.key(), before)
                .thenApplyAsync(
                        forked -> {
                            navigator.openCreated(server, forked);
                            return forked.id();
                        },
                        fx);
    }

    @Override
    public CompletableFuture<String> rewind(long before) {
        return session.server().rewindSession(session.key(), before).thenApply(_ -> session.key());
    }

    @Override
    public CompletableFuture<ObjectNode> control(ObjectNode request) {
        return session.sendToAgent(request);
    }

    @Override
    public void edit(String of, PromptPoint prompt) {
        if (!prompt.hasAttachments()) {
            composer.takeBack(of, prompt.text());
            return;
        }
        conversation
                .findMessage(prompt.seq())
                .whenCompleteAsync(
                        (found, failure) -> {
                            if (failure == null && found.isPresent()) {
                                composer.takeBack(of, found.get());
                            } else {
                                composer.takeBack(of, prompt.text());
                            }
                        },
                        fx);
    }
}
