package dev.oriel.session.turn;

import dev.oriel.journal.Journal;
import dev.oriel.session.api.SessionPolicy;
import dev.oriel.session.api.SessionView;
import dev.oriel.session.state.SessionMemoryBudget;
import dev.oriel.session.trust.TrustedFolders;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// What all sessions share.
public record SessionContext(
        Journal journal,
        SessionPolicy policy,
        AgentPool pool,
        ScheduledExecutorService timer,
        InstantSource clock,
        LongSupplier recency,
        Consumer<SessionView> published,
        BooleanSupplier windowOpen,
        TrustedFolders trusted,
        SessionMemoryBudget kept) {}
