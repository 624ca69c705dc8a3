package dev.oriel.dialect.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.account.StoredAccounts;
import dev.oriel.account.check.LocalServers;
import dev.oriel.dialect.HttpCall;
import dev.oriel.dialect.HttpReply;
import dev.oriel.dialect.sessions.account.AccountRoutes;
import dev.oriel.journal.Journal;
import dev.oriel.journal.JournalException;
import dev.oriel.journal.SessionRecord;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.session.Sessions;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.api.SessionUpdate;
import dev.oriel.session.api.SessionView;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The REST routes under `/v1/` (`PROTOCOL.md`).
final class RestRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(RestRoutes.class);
    private static final String PREFIX = "/v1/";

    private final Sessions sessions;
    private final MessagePageRoute pages;
    private final FindRoute find;
    private final WorkRoute work;
    private final AgentRoute agents;
    private final UsageRoute usage;
    private final McpRoute mcp;
    private final EventStreamRoutes events;
    private final BranchRoutes branches;
    private final FileRoute files;
    private final PromptRoute prompts;
    private final AccountRoutes accounts;
    private final SessionSpecReader specs;

    RestRoutes(
            Sessions sessions,
            Journal journal,
            EventStreamRoutes events,
            ScheduledExecutorService timer,
            @Nullable StoredAccounts accounts) {
        this.sessions = sessions;
        this.pages = new MessagePageRoute(sessions, journal);
        this.find = new FindRoute(sessions, journal);
        this.work = new WorkRoute(sessions, journal);
        this.agents = new AgentRoute(sessions);
        this.usage = new UsageRoute(journal);
        this.mcp = new McpRoute(sessions);
        this.events = events;
        this.branches = new BranchRoutes(sessions.branches());
        this.files = new FileRoute(sessions, timer);
        this.prompts = new PromptRoute(sessions, journal);
        this.accounts = new AccountRoutes(accounts, new LocalServers(), agents::forget);
        this.specs = new SessionSpecReader(accounts, sessions.defaultAgent());
    }

    /// @return null if the path is not one of these routes
    @Nullable HttpReply reply(HttpCall call) throws InterruptedException {
        if (!call.path().startsWith(PREFIX)) {
            return null;
        }
        if (!call.allowed()) {
            return HttpReply.error(401, ErrorCode.UNAUTHORIZED, "A valid token is needed.")
                    .withHeader("WWW-Authenticate", "Bearer");
        }
        try {
            return route(call, call.path().substring(PREFIX.length()).split("/", -1));
        } catch (BadRequestException e) {
            return HttpReply.error(400, ErrorCode.BAD_REQUEST, e.getMessage());
        } catch (MalformedMessageException e) {
            return HttpReply.error(
                    400, ErrorCode.BAD_REQUEST, "The body is " + e.getMessage() + ".");
        } catch (JournalException e) {
            LOG.warn("{} {} failed: {}", call.method(), call.path(), e.getMessage());
            return HttpReply.error(503, ErrorCode.UNAVAILABLE, e.getMessage());
        }
    }

    private HttpReply route(HttpCall call, String[] path)
            throws BadRequestException,
                    MalformedMessageException,
                    JournalException,
                    InterruptedException {
        if (path[0].equals("sessions")) {
            return switch (path.length) {
                case 1 -> collection(call);
                case 2 -> session(call, path[1]);
                case 3 -> partOfSession(call, path[1], path[2]);
                default -> notFound();
            };
        }
        if (path[0].equals("code") && path.length >= 4 && path[1].equals("sessions")) {
            return events(call, path);
        }
        HttpReply ofAccounts = accounts.reply(call, path);
        if (ofAccounts != null) {
            return ofAccounts;
        }
        if (path.length != 1) {
            return notFound();
        }
        return switch (path[0]) {
            case "files" -> isGet(call) ? files.ofFolder(call) : notAllowed("GET");
            case "prompts" -> isGet(call) ? prompts.reply(call) : notAllowed("GET");
            case "search" -> isGet(call) ? pages.search(call) : notAllowed("GET");
            case "usage" -> isGet(call) ? usage.reply(call) : notAllowed("GET");
            case "agents" ->
                    isGet(call)
                            ? agents.reply(QueryParameters.flag(call, "refresh"))
                            : notAllowed("GET");
            default -> notFound();
        };
    }

    private HttpReply events(HttpCall call, String[] path)
            throws BadRequestException, MalformedMessageException, JournalException {
        boolean isStream = path.length == 5 && path[4].equals("stream");
        if (!path[3].equals("events") || (path.length != 4 && !isStream)) {
            return notFound();
        }
        if (isStream) {
            return isGet(call) ? events.stream(call, path[2]) : notAllowed("GET");
        }
        return call.method().equals("POST") ? events.receive(call, path[2]) : notAllowed("POST");
    }

    private HttpReply partOfSession(HttpCall call, String id, String part)
            throws BadRequestException,
                    MalformedMessageException,
                    JournalException,
                    InterruptedException {
        return switch (part) {
            case "messages" -> isGet(call) ? pages.page(call, id) : notAllowed("GET");
            case "files" -> isGet(call) ? files.ofSession(call, id) : notAllowed("GET");
            case "find" -> isGet(call) ? find.find(call, id) : notAllowed("GET");
            case "prompts" -> isGet(call) ? find.prompts(call, id) : notAllowed("GET");
            case "work" -> isGet(call) ? work.reply(call, id) : notAllowed("GET");
            case "mcp" ->
                    call.method().equals("POST") ? mcp.add(id, body(call)) : notAllowed("POST");
            case "fork", "rewind" ->
                    call.method().equals("POST") ? branch(call, id, part) : notAllowed("POST");
            default -> notFound();
        };
    }

    private HttpReply branch(HttpCall call, String idText, String part)
            throws BadRequestException,
                    MalformedMessageException,
                    JournalException,
                    InterruptedException {
        Optional<UUID> id = parseId(idText);
        if (id.isEmpty()) {
            return notFound();
        }
        return part.equals("fork")
                ? branches.fork(id.get(), body(call))
                : branches.rewind(id.get(), body(call));
    }

    /// @return empty if the text is no UUID, or that of no session
    static Optional<SessionView> find(Sessions sessions, String id) {
        return parseId(id).flatMap(sessions::find);
    }

    private static Optional<UUID> parseId(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private HttpReply collection(HttpCall call)
            throws BadRequestException, MalformedMessageException, JournalException {
        return switch (call.method()) {
            case "GET" -> {
                ObjectNode reply = Json.object();
                var list = reply.putArray("sessions");
                sessions.list().forEach(v -> list.add(v.toJson()));
                yield HttpReply.json(200, reply);
            }
            case "POST" -> HttpReply.json(201, sessions.create(specs.read(body(call))).toJson());
            default -> notAllowed("GET, POST");
        };
    }

    private HttpReply session(HttpCall call, String idText)
            throws BadRequestException,
                    MalformedMessageException,
                    JournalException,
                    InterruptedException {
        Optional<UUID> parsed = parseId(idText);
        if (parsed.isEmpty()) {
            return notFound();
        }
        UUID id = parsed.get();
        return switch (call.method()) {
            case "GET" -> viewOrNotFound(sessions.find(id));
            case "PATCH" -> viewOrNotFound(sessions.update(id, parseUpdate(id, body(call))));
            case "DELETE" -> sessions.delete(id) ? HttpReply.empty(204) : notFound();
            default -> notAllowed("GET, PATCH, DELETE");
        };
    }

    private SessionUpdate parseUpdate(UUID id, ObjectNode body) throws BadRequestException {
        JsonNode title = body.path("title");
        if (!title.isMissingNode() && (!title.isTextual() || title.textValue().isBlank())) {
            throw new BadRequestException("title must be a text that is not empty");
        }
        return new SessionUpdate(
                SessionRecord.titleFrom(title.textValue()),
                bool(body, "pinned"),
                bool(body, "archived"),
                specs.otherAccount(
                        body, sessions.find(id).map(v -> v.record().agent()).orElse(null)));
    }

    private static @Nullable Boolean bool(JsonNode body, String name) throws BadRequestException {
        JsonNode value = body.path(name);
        if (value.isMissingNode()) {
            return null;
        }
        if (!value.isBoolean()) {
            throw new BadRequestException(name + " must be true or false");
        }
        return value.booleanValue();
    }

    private static HttpReply viewOrNotFound(Optional<SessionView> view) {
        return view.map(v -> HttpReply.json(200, v.toJson())).orElseGet(RestRoutes::notFound);
    }

    private static ObjectNode body(HttpCall call) throws MalformedMessageException {
        return call.body().length == 0 ? Json.object() : Json.parseObject(call.body());
    }

    private static boolean isGet(HttpCall call) {
        return call.method().equals("GET");
    }

    static HttpReply notFound() {
        return HttpReply.error(404, ErrorCode.NOT_FOUND, "There is nothing here.");
    }

    private static HttpReply notAllowed(String methods) {
        return HttpReply.error(
                        405, ErrorCode.BAD_REQUEST, "The method must be one of: " + methods + ".")
                .withHeader("Allow", methods);
    }
}
