package dev.oriel.session;

import dev.oriel.agent.AgentOptions;
import dev.oriel.journal.JournalException;
import dev.oriel.journal.SessionRecord;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.api.PermissionModes;
import dev.oriel.session.api.PromptSettings;
import dev.oriel.session.api.SessionSpec;
import dev.oriel.session.api.SessionState;
import dev.oriel.session.api.SessionView;
import dev.oriel.session.api.ThinkingSettings;
import dev.oriel.session.api.WorkingFolder;
import dev.oriel.session.control.SavedControlRequests;
import dev.oriel.session.turn.SessionContext;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Validates the specification of a new session, and stores the session. Any thread.
final class SessionCreator {
    private static final PromptSettings NONE = new PromptSettings(null, null, AgentOptions.NONE);

    private final SessionContext context;
    private final Set<String> agents;
    private final String defaultAgent;

    /// @param agents the kinds of agents that sessions can have
    SessionCreator(SessionContext context, Set<String> agents, String defaultAgent) {
        this.context = context;
        this.agents = Set.copyOf(agents);
        this.defaultAgent = defaultAgent;
    }

    /// Creates a session.
    ///
    /// @throws BadRequestException if its folder, agent, permission mode or id is not possible
    SessionView create(SessionSpec spec) throws BadRequestException, JournalException {
        Path cwd = spec.cwd() == null ? Path.of(System.getProperty("user.home")) : spec.cwd();
        String folder = WorkingFolder.require(cwd).toString();
        String agent = spec.agent() == null ? defaultAgent : spec.agent();
        if (!agents.contains(agent)) {
            throw new BadRequestException(
                    "agent must be one of " + String.join(", ", agents.stream().sorted().toList()));
        }
        String mode = spec.settings().permissionMode();
        if (mode != null) {
            Optional<String> problem = PermissionModes.problem(mode, context.policy().mayBypass());
            if (problem.isPresent()) {
                throw new BadRequestException(problem.get());
            }
        }
        checkEffort(spec.effort());
        PromptSettings settings = spec.settings().check();
        UUID id = spec.id() == null ? UUID.randomUUID() : spec.id();
        if (context.directory().find(id).isPresent()) {
            throw new BadRequestException("there is a session of that id");
        }
        PromptSettings own = spec.isByGuest() ? NONE : settings;
        SessionRecord created = record(id, spec, folder, agent, own);
        context.journal().save(created);
        var view =
                new SessionView(
                        created,
                        new SessionState.Idle(),
                        created.model(),
                        new ThinkingSettings(spec.effort(), null),
                        0,
                        own.options().account());
        context.directory().update(view);
        return view;
    }

    /// @param own what is part of the session. What a guest chooses holds for its prompts only
    private SessionRecord record(
            UUID id, SessionSpec spec, String folder, String agent, PromptSettings own) {
        Instant now = context.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        String mode = own.permissionMode();
        return new SessionRecord(
                id,
                spec.title(),
                folder,
                agent,
                spec.resume(),
                own.model(),
                mode == null ? context.policy().permissionMode() : mode,
                false,
                false,
                false,
                0,
                null,
                spec.origin().toString(),
                options(own.options(), spec.effort()),
                now,
                now,
                context.directory().nextRecency(),
                0);
    }

    private static void checkEffort(@Nullable String level) throws BadRequestException {
        try {
            options(AgentOptions.NONE, level);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException("effort is not a known level");
        }
    }

    private static @Nullable String options(AgentOptions options, @Nullable String effort) {
        if (effort != null) {
            return SavedControlRequests.NONE.withEffort(effort).addTo(options.toJson());
        }
        return options.equals(AgentOptions.NONE) ? null : options.toJson();
    }
}
