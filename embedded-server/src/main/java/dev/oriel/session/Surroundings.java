package dev.oriel.session;

import dev.oriel.journal.Journal;
import dev.oriel.session.trust.TrustedFolders;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// What all sessions share.
record Surroundings(
        Journal journal,
        Policy policy,
        AgentPool pool,
        ScheduledExecutorService timer,
        InstantSource clock,
        LongSupplier recency,
        Consumer<SessionView> published,
        BooleanSupplier windowOpen,
        TrustedFolders trusted,
        KeptBudget kept) {}
