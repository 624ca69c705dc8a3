package dev.oriel.agent.api;

import dev.oriel.account.Accounts;
import dev.oriel.agent.api.wire.MessagesApiFactory;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The settings of all agents on the Messages API. Immutable.
///
/// @param accounts the accounts that sessions can use
/// @param connections opens connections to their servers
/// @param data folder of the server's files; the agents keep theirs in `agent-api` below it
/// @param home the user's home folder
/// @param model the model of sessions that choose none; null for the account's default
/// @param mayBypass whether permissions can be bypassed
/// @param webFetch whether the tool WebFetch exists
/// @param sandbox whether commands run in a sandbox where the operating system has one
public record ApiSettings(
        Accounts accounts,
        MessagesApiFactory connections,
        Path data,
        Path home,
        @Nullable String model,
        boolean mayBypass,
        boolean webFetch,
        boolean sandbox) {}
