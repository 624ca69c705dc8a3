package dev.oriel.dialect.sessions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.HttpCall;
import dev.oriel.dialect.HttpReply;
import dev.oriel.journal.Journal;
import dev.oriel.journal.Journal.PastPrompt;
import dev.oriel.journal.JournalException;
import dev.oriel.message.Json;
import dev.oriel.message.UserMessages;
import dev.oriel.session.Sessions;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.api.SessionView;
import dev.oriel.session.api.WorkingFolder;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// `/v1/prompts`: the prompts of all sessions, or of those in one folder.
final class PromptRoute {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;
    private static final int PAGE = 200;
    private static final int MAX_QUERY = 1_000;

    /// How long a request looks for further prompts.
    private static final long STANDARD_TIME = Duration.ofMillis(300).toNanos();

    /// Characters of the prompts in a reply.
    private static final int MAX_CHARS = 2_000_000;

    private static final int MAX_CONCURRENT = 2;

    private final Semaphore slots = new Semaphore(MAX_CONCURRENT, true);
    private final Sessions sessions;
    private final Journal journal;
    private final long time;

    PromptRoute(Sessions sessions, Journal journal) {
        this(sessions, journal, STANDARD_TIME);
    }

    /// @param time how long a request looks for further prompts, nanoseconds
    PromptRoute(Sessions sessions, Journal journal, long time) {
        this.sessions = sessions;
        this.journal = journal;
        this.time = time;
    }

    HttpReply reply(HttpCall call)
            throws BadRequestException, JournalException, InterruptedException {
        String wanted = QueryParameters.text(call, "q", MAX_QUERY).strip().toLowerCase(Locale.ROOT);
        int limit = QueryParameters.limit(call, DEFAULT_LIMIT, MAX_LIMIT);
        String session = call.query().get("session");
        String cwd = null;
        if (session != null) {
            Optional<SessionView> found = RestRoutes.find(sessions, session);
            if (found.isEmpty()) {
                return RestRoutes.notFound();
            }
            cwd = found.get().record().cwd();
        } else if (call.query().get("cwd") != null) {
            cwd = folder(call.query().getOrDefault("cwd", ""));
        }
        slots.acquire();
        try {
            return search(wanted, cwd, limit);
        } finally {
            slots.release();
        }
    }

    /// The name of a folder as sessions have it; that of the default folder if it is empty.
    private static String folder(String cwd) throws BadRequestException {
        try {
            Path path = Path.of(cwd.isEmpty() ? System.getProperty("user.home") : cwd);
            if (path.isAbsolute()) {
                return WorkingFolder.nameOf(path);
            }
        } catch (InvalidPathException e) {
            // Reported below.
        }
        throw new BadRequestException("cwd must be an absolute path");
    }

    private HttpReply search(String wanted, @Nullable String cwd, int limit)
            throws JournalException {
        long end = System.nanoTime() + time;
        ObjectNode reply = Json.object();
        var list = reply.putArray("prompts");
        Set<String> seen = new HashSet<>();
        long before = Long.MAX_VALUE;
        int chars = 0;
        boolean more = true;
        while (more && list.size() < limit && chars < MAX_CHARS && System.nanoTime() - end < 0) {
            List<PastPrompt> page = journal.pastPrompts(cwd, before, PAGE);
            more = !page.isEmpty();
            for (PastPrompt prompt : page) {
                before = prompt.place();
                String text = UserMessages.text(prompt.user().tree());
                boolean matches =
                        !text.isBlank()
                                && text.toLowerCase(Locale.ROOT).contains(wanted)
                                && seen.add(text);
                if (matches && list.size() < limit && chars < MAX_CHARS) {
                    chars += text.length();
                    list.addObject()
                            .put("text", text)
                            .put("session_id", prompt.session().toString())
                            .put("seq", prompt.seq());
                }
            }
        }
        return HttpReply.json(200, reply);
    }
}
