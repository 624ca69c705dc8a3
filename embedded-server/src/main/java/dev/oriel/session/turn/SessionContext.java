package dev.oriel.session.turn;

import dev.oriel.journal.Journal;
import dev.oriel.session.api.SessionPolicy;
import dev.oriel.session.fanout.SessionDirectory;
import dev.oriel.session.state.SessionMemoryBudget;
import dev.oriel.session.trust.TrustedFolders;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;

/// What all sessions of a server share. Every part may be used from any thread.
///
/// @param timer runs short tasks only
public record SessionContext(
        Journal journal,
        SessionDirectory directory,
        SessionPolicy policy,
        AgentPool pool,
        TrustedFolders trusted,
        SessionMemoryBudget budget,
        ScheduledExecutorService timer,
        InstantSource clock) {}
