package dev.oriel.app.connection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.composer.ComposerViewModel;
import dev.oriel.app.rewind.RewindActions;
import dev.oriel.app.session.OpenSession;
import dev.oriel.app.shell.ShellViewModel;
import dev.oriel.client.ClientException;
import dev.oriel.message.ErrorCode;
import java.util.concurrent.CompletableFuture;

/// Returns to earlier prompts of the session that is open. Belongs to the JavaFX thread.
public final class SessionReturn implements RewindActions {
    private final ShellViewModel shell;
    private final SessionNavigator navigator;
    private final ComposerViewModel composer;

    public SessionReturn(
            ShellViewModel shell, SessionNavigator navigator, ComposerViewModel composer) {
        this.shell = shell;
        this.navigator = navigator;
        this.composer = composer;
    }

    @Override
    public CompletableFuture<Void> fork(long before) {
        return navigator.fork(before);
    }

    @Override
    public CompletableFuture<Void> rewind(long before) {
        return navigator.rewind(before);
    }

    @Override
    public CompletableFuture<ObjectNode> control(ObjectNode request) {
        OpenSession session = shell.openSession();
        return session == null
                ? CompletableFuture.failedFuture(
                        new ClientException(ErrorCode.LINK_LOST, "No session is open."))
                : session.sendToAgent(request);
    }

    /// A draft is kept: the prompt is then in the history.
    @Override
    public void edit(String prompt) {
        if (composer.text().get().isBlank()) {
            composer.text().set(prompt);
        }
    }
}
