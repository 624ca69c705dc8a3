package dev.oriel.dialect.sessions.account;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.account.AccountChange;
import dev.oriel.account.AccountException;
import dev.oriel.account.StoredAccounts;
import dev.oriel.account.check.KeyCheck;
import dev.oriel.account.check.LocalServers;
import dev.oriel.dialect.HttpCall;
import dev.oriel.dialect.HttpReply;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `/v1/accounts` and `/v1/local-servers` (`PROTOCOL.md`, "Accounts"). Neither replies nor logs
/// contain keys. Requests block while servers are tried.
public final class AccountRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(AccountRoutes.class);

    /// Each check makes requests to another server.
    private static final int CHECKS = 4;

    private final @Nullable StoredAccounts accounts;
    private final LocalServers localServers;
    private final Runnable onChange;
    private final Semaphore checks = new Semaphore(CHECKS, true);

    /// @param accounts null if the server has none
    /// @param onChange called after accounts have changed
    public AccountRoutes(
            @Nullable StoredAccounts accounts, LocalServers localServers, Runnable onChange) {
        this.accounts = accounts;
        this.localServers = localServers;
        this.onChange = onChange;
    }

    /// @param path the parts after `/v1/`
    /// @return null if the path is not one of these routes
    public @Nullable HttpReply reply(HttpCall call, String[] path)
            throws MalformedMessageException, InterruptedException {
        boolean isLocalServers = path.length == 1 && path[0].equals("local-servers");
        boolean isAccounts = path[0].equals("accounts") && path.length <= 2;
        StoredAccounts known = accounts;
        if (known == null || !(isAccounts || isLocalServers)) {
            return null;
        }
        if (!call.isConfidential()) {
            return HttpReply.error(
                    403,
                    ErrorCode.FORBIDDEN,
                    "Accounts can only be seen and changed on the server's own computer, or over"
                            + " TLS.");
        }
        try {
            if (isLocalServers) {
                return call.method().equals("GET") ? findLocalServers() : notAllowed("GET");
            }
            return path.length == 1 ? all(known, call) : one(known, call, path[1]);
        } catch (AccountException e) {
            return switch (e.reason()) {
                case INVALID -> HttpReply.error(400, ErrorCode.BAD_REQUEST, e.getMessage());
                case NOT_FOUND -> HttpReply.error(404, ErrorCode.NOT_FOUND, e.getMessage());
                case READ_ONLY -> HttpReply.error(403, ErrorCode.FORBIDDEN, e.getMessage());
            };
        } catch (MalformedMessageException e) {
            throw e;
        } catch (IOException e) {
            LOG.warn("{} {} failed: {}", call.method(), call.path(), e.getMessage());
            return HttpReply.error(503, ErrorCode.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    private HttpReply all(StoredAccounts known, HttpCall call)
            throws AccountException, IOException, MalformedMessageException {
        return switch (call.method()) {
            case "GET" -> HttpReply.json(200, known.toJson());
            case "POST" -> {
                var added = known.add(AccountChange.fromJson(body(call)));
                onChange.run();
                yield HttpReply.json(201, known.toJson(added));
            }
            default -> notAllowed("GET, POST");
        };
    }

    private HttpReply one(StoredAccounts known, HttpCall call, String id)
            throws AccountException, IOException, MalformedMessageException, InterruptedException {
        if (id.equals("check")) {
            return call.method().equals("POST") ? check(known, body(call)) : notAllowed("POST");
        }
        return switch (call.method()) {
            case "PATCH" -> {
                var changed = known.change(id, AccountChange.fromJson(body(call)));
                onChange.run();
                yield HttpReply.json(200, known.toJson(changed));
            }
            case "DELETE" -> {
                known.remove(id);
                onChange.run();
                yield HttpReply.empty(204);
            }
            default -> notAllowed("PATCH, DELETE");
        };
    }

    private HttpReply check(StoredAccounts known, ObjectNode body)
            throws AccountException, IOException, InterruptedException {
        AccountChange change = AccountChange.fromJson(body);
        checks.acquire();
        try {
            return HttpReply.json(
                    200, KeyCheck.of(known, body.path("id").textValue(), change).toJson());
        } finally {
            checks.release();
        }
    }

    private HttpReply findLocalServers() throws InterruptedException {
        ObjectNode reply = Json.object();
        ArrayNode servers = reply.putArray("servers");
        checks.acquire();
        try {
            localServers.find().forEach(s -> servers.add(s.toJson()));
        } finally {
            checks.release();
        }
        return HttpReply.json(200, reply);
    }

    private static ObjectNode body(HttpCall call) throws MalformedMessageException {
        return call.body().length == 0 ? Json.object() : Json.parseObject(call.body());
    }

    private static HttpReply notAllowed(String methods) {
        return HttpReply.error(
                        405, ErrorCode.BAD_REQUEST, "The method must be one of: " + methods + ".")
                .withHeader("Allow", methods);
    }
}
