package dev.oriel.session.turn;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentUnavailableException;
import dev.oriel.agent.FolderCommands;
import dev.oriel.agent.FolderInspector;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.session.api.WorkingFolder;
import dev.oriel.session.control.Role;
import dev.oriel.session.event.EventMessages;
import dev.oriel.session.event.Subscriber;
import dev.oriel.session.trust.TrustedFolders;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks, before an agent starts, what the session's folder would have it run, and asks the owner
/// once whether it may. Until they have said so it does not. Confined to the lane; the files are
/// read on a thread of their own.
public final class FolderTrustCheck {
    private static final Logger LOG = LoggerFactory.getLogger(FolderTrustCheck.class);
    private static final int MOST_ITEMS = 100;
    private static final int LONGEST_TEXT = 2_000;

    private final SessionCore core;
    private final TrustedFolders trusted;
    private final @Nullable FolderInspector reader;
    private final Runnable ready;
    private boolean looking;
    private @Nullable Look last;
    private @Nullable Message question;
    private String asked = "";

    /// What was found, and whether it may run.
    private record Look(FolderCommands runs, boolean mayRun) {}

    /// @param reader null where the agent takes nothing from its folder, or every folder is trusted
    /// @param ready run when an agent can be started
    FolderTrustCheck(
            SessionCore core,
            TrustedFolders trusted,
            @Nullable FolderInspector reader,
            Runnable ready) {
        this.core = core;
        this.trusted = trusted;
        this.reader = reader;
        this.ready = ready;
    }

    boolean isLooking() {
        return looking;
    }

    /// Whether an agent that starts now may run what the folder brings.
    ///
    /// @return null while that is not known; then [#ready] follows
    @Nullable Boolean verdict() {
        FolderInspector files = reader;
        if (files == null) {
            return true;
        }
        Look found = last;
        if (found != null) {
            last = null; // the next agent's folder may be another
            ask(found);
            return found.mayRun();
        }
        if (!looking) {
            looking = true;
            Thread.ofVirtual().name("folder").start(() -> look(files));
        }
        return null;
    }

    private void look(FolderInspector files) {
        Look found;
        try {
            Path folder = WorkingFolder.parse(core.details.cwd);
            FolderCommands runs = files.inspect(folder);
            found = new Look(runs, runs.isEmpty() || trusted.trusts(folder, runs.digest()));
        } catch (AgentUnavailableException e) {
            found = new Look(FolderCommands.NONE, false); // the start says why
        } catch (RuntimeException e) {
            LOG.error("The settings of a folder could not be looked at; they are not used", e);
            found = new Look(FolderCommands.NONE, false);
        }
        Look done = found;
        core.lane()
                .post(() -> {
                    looking = false;
                    last = done;
                    ready.run();
                });
    }

    private void ask(Look found) {
        String digest = found.runs().digest();
        if (found.mayRun() || found.runs().isEmpty() || digest.equals(asked)) {
            return;
        }
        withdraw();
        asked = digest;
        ObjectNode m =
                Json.object()
                        .put("type", "control_request")
                        .put("request_id", "oriel-trust-" + UUID.randomUUID());
        ObjectNode request = m.putObject("request").put("subtype", "oriel_trust");
        request.put("folder", core.details.cwd.toString());
        var items = request.putArray("items");
        found.runs().items().stream()
                .limit(MOST_ITEMS)
                .forEach(i ->
                        items.addObject()
                                .put("file", i.file())
                                .put("kind", i.kind())
                                .put("text", cut(i.text())));
        request.put("more", Math.max(0, found.runs().items().size() - MOST_ITEMS));
        question = Message.of(m);
        core.show(question);
        core.show(
                EventMessages.notice(
                        "info",
                        "untrusted_folder",
                        "What this folder would run by itself, and its CLAUDE.md, is not used until"
                                + " it is trusted."));
    }

    private static String cut(String text) {
        int end = Math.min(LONGEST_TEXT, text.length());
        return end == text.length()
                ? text
                : text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end)
                        + "… ("
                        + text.length()
                        + " characters)";
    }

    private void withdraw() {
        Message open = question;
        if (open != null) {
            question = null;
            core.show(EventMessages.withdrawn(String.valueOf(open.requestId())));
        }
    }

    /// For one who has just come.
    void greet(Subscriber subscriber) {
        if (question != null && subscriber.role() == Role.OWNER) {
            subscriber.send(question);
        }
    }

    /// Takes an answer.
    ///
    /// @return false if it answers something else
    public boolean answer(Subscriber from, Message answer) {
        Message open = question;
        if (open == null || !String.valueOf(open.requestId()).equals(answer.requestId())) {
            return false;
        }
        if (from.role() != Role.OWNER) {
            return true;
        }
        boolean yes = "allow".equals(answer.tree().at("/response/response/behavior").textValue());
        question = null;
        core.tellOthers(from, EventMessages.withdrawn(String.valueOf(open.requestId())));
        if (yes) {
            String digest = asked;
            core.show(
                    EventMessages.notice(
                            "info",
                            "trusted_folder",
                            "This folder is trusted. What it would run by itself is used from"
                                    + " Claude's next start on."));
            Thread.ofVirtual()
                    .name("folder")
                    .start(() -> {
                        try {
                            trusted.trust(WorkingFolder.parse(core.details.cwd), digest);
                        } catch (AgentUnavailableException e) {
                            LOG.warn("A folder that is not there any more was not trusted");
                        }
                        core.lane().post(() -> core.turns().agents().renew());
                    });
        }
        return true;
    }
}
