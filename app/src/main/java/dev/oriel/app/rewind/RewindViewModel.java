package dev.oriel.app.rewind;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.Json;
import dev.oriel.platform.FutureFailures;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// Returns to one earlier prompt. Asks the agent at once which files would change. Belongs to the
/// JavaFX thread.
public final class RewindViewModel {
    private final PromptPoint point;
    private final RewindActions actions;
    private final Executor fx;
    private final Runnable onDone;
    private final ReadOnlyObjectWrapper<FilePreview> preview =
            new ReadOnlyObjectWrapper<>(new FilePreview.Loading());
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");

    /// @param onDone called once the choice was carried out
    public RewindViewModel(PromptPoint point, RewindActions actions, Executor fx, Runnable onDone) {
        this.point = point;
        this.actions = actions;
        this.fx = fx;
        this.onDone = onDone;
        actions.control(request().put("dry_run", true))
                .whenCompleteAsync(
                        (response, failure) ->
                                preview.set(
                                        failure == null
                                                ? FilePreview.fromJson(response)
                                                : new FilePreview.Unavailable(
                                                        FutureFailures.message(failure))),
                        fx);
    }

    private ObjectNode request() {
        return Json.object()
                .put("subtype", ControlSubtype.REWIND_FILES)
                .put("user_message_id", point.uuid());
    }

    public PromptPoint point() {
        return point;
    }

    /// Which files would change.
    public ReadOnlyObjectProperty<FilePreview> preview() {
        return preview.getReadOnlyProperty();
    }

    /// Whether a choice is being carried out.
    public ReadOnlyBooleanProperty busy() {
        return busy.getReadOnlyProperty();
    }

    /// Why the last choice was not carried out, a sentence for the user; empty if nothing failed.
    public ReadOnlyStringProperty problem() {
        return problem.getReadOnlyProperty();
    }

    /// Whether a choice is possible, as far as the preview tells.
    public boolean isPossible(RewindChoice choice) {
        return !choice.changesFiles() || preview.get() instanceof FilePreview.Changes;
    }

    /// Carries out a choice. Files come first: a rewound conversation no longer has their copies.
    public void perform(RewindChoice choice) {
        if (busy.get() || !isPossible(choice)) {
            return;
        }
        busy.set(true);
        problem.set("");
        steps(choice)
                .whenCompleteAsync(
                        (session, failure) -> {
                            busy.set(false);
                            if (failure == null) {
                                onDone.run();
                                session.ifPresent(s -> actions.edit(s, point));
                            } else {
                                problem.set(FutureFailures.message(failure));
                            }
                        },
                        fx);
    }

    /// @return the session in which the prompt can be sent again; empty if it stays where it is
    private CompletableFuture<Optional<String>> steps(RewindChoice choice) {
        return switch (choice) {
            case FORK -> actions.fork(point.seq()).thenApply(Optional::of);
            case CONVERSATION -> rewind();
            case FILES -> restoreFiles().thenApply(_ -> Optional.empty());
            case BOTH -> restoreFiles().thenCompose(_ -> rewind());
        };
    }

    private CompletableFuture<Optional<String>> rewind() {
        return actions.rewind(point.seq()).thenApply(Optional::of);
    }

    /// Fails if the agent responds that it restored nothing: the files may have changed since the
    /// preview.
    private CompletableFuture<Void> restoreFiles() {
        return actions.control(request())
                .thenAccept(response -> {
                    if (response.path("canRewind").asBoolean(true)) {
                        return;
                    }
                    String reason = response.path("error").asText("");
                    throw new CompletionException(
                            new IOException(
                                    reason.isBlank()
                                            ? "Claude could not restore the files."
                                            : reason));
                });
    }
}
