package dev.oriel.dialect.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.account.Account;
import dev.oriel.account.StoredAccounts;
import dev.oriel.agent.AgentOptions;
import dev.oriel.journal.SessionRecord;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.api.SessionSpec;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Parses the body of `POST /v1/sessions`.
final class SessionSpecReader {
    private static final String API = "api";

    private final @Nullable StoredAccounts accounts;
    private final String defaultAgent;

    /// @param accounts null if the server has none
    SessionSpecReader(@Nullable StoredAccounts accounts, String defaultAgent) {
        this.accounts = accounts;
        this.defaultAgent = defaultAgent;
    }

    SessionSpec read(ObjectNode body) throws BadRequestException {
        return SessionSpec.builder("sessions")
                .cwd(path(text(body, "cwd")))
                .title(SessionRecord.titleFrom(text(body, "title")))
                .agent(text(body, "agent"))
                .model(text(body, "model"))
                .permissionMode(text(body, "permission_mode"))
                .effort(text(body, "effort"))
                .resume(uuid(text(body, "resume")))
                .options(AgentOptions.NONE.withAccount(account(body)))
                .build();
    }

    /// The account of the session. The default one is fixed now, so that the session does not move
    /// to another server when the user makes another account the default.
    private @Nullable String account(ObjectNode body) throws BadRequestException {
        String wanted = text(body, "account");
        String agent = text(body, "agent");
        boolean isApi = API.equals(agent == null ? defaultAgent : agent);
        if (wanted != null && !isApi) {
            throw new BadRequestException("account is for the agent api only");
        }
        if (accounts == null || !isApi) {
            return wanted;
        }
        Account account = accounts.find(wanted);
        if (account == null && wanted != null) {
            throw new BadRequestException("account must be the id of an account");
        }
        return account == null ? null : account.id();
    }

    /// The account to which a session is switched; null if the body names none.
    ///
    /// @param agent of the session; null if there is no such session
    @Nullable String otherAccount(ObjectNode body, @Nullable String agent)
            throws BadRequestException {
        String wanted = text(body, "account");
        if (wanted == null || agent == null) {
            return null;
        }
        if (!agent.equals(API)) {
            throw new BadRequestException("account is for the agent api only");
        }
        if (accounts == null || accounts.find(wanted) == null) {
            throw new BadRequestException("account must be the id of an account");
        }
        return wanted;
    }

    private static @Nullable String text(ObjectNode body, String name) throws BadRequestException {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw new BadRequestException(name + " must be a text that is not empty");
        }
        return value.textValue();
    }

    private static @Nullable Path path(@Nullable String text) throws BadRequestException {
        try {
            return text == null ? null : Path.of(text);
        } catch (InvalidPathException e) {
            throw new BadRequestException("cwd is not a path");
        }
    }

    private static @Nullable UUID uuid(@Nullable String text) throws BadRequestException {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException("resume must be a UUID");
        }
    }
}
