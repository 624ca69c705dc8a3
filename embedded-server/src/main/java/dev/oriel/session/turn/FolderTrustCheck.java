package dev.oriel.session.turn;

import dev.oriel.agent.AgentUnavailableException;
import dev.oriel.agent.FolderCommands;
import dev.oriel.agent.FolderInspector;
import dev.oriel.message.Message;
import dev.oriel.session.api.WorkingFolder;
import dev.oriel.session.control.Role;
import dev.oriel.session.event.SessionEvent.AskClosed;
import dev.oriel.session.event.SessionEvent.Level;
import dev.oriel.session.event.SessionEvent.Notice;
import dev.oriel.session.event.SessionEvent.TrustRequested;
import dev.oriel.session.event.Subscriber;
import dev.oriel.session.fanout.SessionOutput;
import dev.oriel.session.lane.Lane;
import dev.oriel.session.state.SessionModel;
import dev.oriel.session.state.TrustQuestion;
import dev.oriel.session.trust.TrustedFolders;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Inspects, before an agent starts, what the session's folder would have it run, and asks the
/// owner once whether it may. Until the owner allows it, it does not. Confined to the lane; files
/// are read on a thread of their own.
public final class FolderTrustCheck {
    private static final Logger LOG = LoggerFactory.getLogger(FolderTrustCheck.class);
    private static final int MAX_ITEMS = 100;
    private static final int MAX_TEXT_LENGTH = 2_000;

    private final UUID session;
    private final SessionModel model;
    private final SessionOutput output;
    private final Lane lane;
    private final TrustedFolders trusted;
    private final @Nullable FolderInspector inspector;
    private Inspection inspection = new Inspection.None();

    /// What is known of the folder for the next agent.
    private sealed interface Inspection {
        record None() implements Inspection {}

        record Running() implements Inspection {}

        /// @param mayRun whether the agent may run what was found
        record Done(FolderCommands found, boolean mayRun) implements Inspection {}
    }

    /// Whether an agent that starts now may run what the folder brings.
    enum Result {
        TRUSTED,
        UNTRUSTED,
        /// The folder is still being inspected.
        UNKNOWN
    }

    /// @param inspector null if the agent takes nothing from its folder, or every folder is trusted
    FolderTrustCheck(
            SessionModel model,
            SessionOutput output,
            Lane lane,
            TrustedFolders trusted,
            @Nullable FolderInspector inspector) {
        this.session = model.details().id();
        this.model = model;
        this.output = output;
        this.lane = lane;
        this.trusted = trusted;
        this.inspector = inspector;
    }

    boolean isInspecting() {
        return inspection instanceof Inspection.Running;
    }

    /// Takes the result of the inspection, or starts one: the next agent needs a new one. If the
    /// folder is not trusted, the owner is asked.
    ///
    /// @param whenKnown run on the lane when the result can be taken, if it cannot be yet
    Result takeResult(Runnable whenKnown) {
        FolderInspector files = inspector;
        if (files == null) {
            return Result.TRUSTED;
        }
        return switch (inspection) {
            case Inspection.Done done -> {
                inspection = new Inspection.None(); // the next agent's folder may have changed
                askOnce(done);
                yield done.mayRun() ? Result.TRUSTED : Result.UNTRUSTED;
            }
            case Inspection.None _ -> {
                inspection = new Inspection.Running();
                String cwd = model.details().cwd();
                Thread.ofVirtual().name("folder").start(() -> inspect(files, cwd, whenKnown));
                yield Result.UNKNOWN;
            }
            case Inspection.Running _ -> Result.UNKNOWN;
        };
    }

    private void inspect(FolderInspector files, String cwd, Runnable whenKnown) {
        Inspection.Done done;
        try {
            Path folder = WorkingFolder.parse(cwd);
            FolderCommands found = files.inspect(folder);
            done =
                    new Inspection.Done(
                            found, found.isEmpty() || trusted.trusts(folder, found.digest()));
        } catch (AgentUnavailableException e) {
            done = new Inspection.Done(FolderCommands.NONE, false); // the start reports it
        } catch (RuntimeException e) {
            LOG.error(
                    "Session {}: the settings of its folder could not be read; they are not used",
                    session,
                    e);
            done = new Inspection.Done(FolderCommands.NONE, false);
        }
        Inspection.Done result = done;
        lane.post(() -> {
            inspection = result;
            whenKnown.run();
        });
    }

    private void askOnce(Inspection.Done done) {
        String digest = done.found().digest();
        TrustQuestion question = model.trust();
        if (done.mayRun() || done.found().isEmpty() || digest.equals(question.digest())) {
            return;
        }
        question.close().ifPresent(q -> output.publish(new AskClosed(q.requestId())));
        TrustRequested request = request(done.found());
        question.open(request, digest);
        output.publish(request);
        output.publish(
                new Notice(
                        Level.INFO,
                        "untrusted_folder",
                        "What this folder would run by itself, and its CLAUDE.md, is not used until"
                                + " it is trusted."));
    }

    private TrustRequested request(FolderCommands found) {
        List<FolderCommands.Item> items =
                found.items().stream()
                        .limit(MAX_ITEMS)
                        .map(i -> new FolderCommands.Item(i.file(), i.kind(), truncate(i.text())))
                        .toList();
        return new TrustRequested(
                "oriel-trust-" + UUID.randomUUID(),
                model.details().cwd(),
                items,
                found.items().size() - items.size());
    }

    private static String truncate(String text) {
        int end = Math.min(MAX_TEXT_LENGTH, text.length());
        return end == text.length()
                ? text
                : text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end)
                        + "… ("
                        + text.length()
                        + " characters)";
    }

    /// Takes a client's reply to the question. A reply of a client that is no owner is ignored.
    ///
    /// @param whenTrusted run on the lane once the folder is trusted
    /// @return false if the reply belongs to another request
    public boolean receiveReply(Subscriber from, Message reply, Runnable whenTrusted) {
        TrustQuestion question = model.trust();
        String open = question.pending().map(TrustRequested::requestId).orElse(null);
        if (open == null || !open.equals(reply.requestId())) {
            return false;
        }
        if (from.role() != Role.OWNER) {
            return true;
        }
        question.close();
        output.sendToOthers(from, new AskClosed(open));
        if ("allow".equals(reply.tree().at("/response/response/behavior").textValue())) {
            output.publish(
                    new Notice(
                            Level.INFO,
                            "trusted_folder",
                            "This folder is trusted. What it would run by itself is used from"
                                    + " Claude's next start on."));
            String cwd = model.details().cwd();
            String digest = question.digest();
            Thread.ofVirtual().name("folder").start(() -> trust(cwd, digest, whenTrusted));
        }
        return true;
    }

    private void trust(String cwd, String digest, Runnable whenTrusted) {
        try {
            trusted.trust(WorkingFolder.parse(cwd), digest);
        } catch (AgentUnavailableException e) {
            LOG.warn("Session {}: its folder no longer exists and was not trusted", session);
        }
        lane.post(whenTrusted);
    }
}
