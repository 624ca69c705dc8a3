package dev.oriel.dialect.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.HttpCall;
import dev.oriel.dialect.HttpReply;
import dev.oriel.journal.Journal;
import dev.oriel.journal.Journal.Entry;
import dev.oriel.journal.JournalException;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Graphemes;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.find.InvalidQueryException;
import dev.oriel.message.find.MessageText;
import dev.oriel.message.find.SearchDeadline;
import dev.oriel.message.find.SlowQueryException;
import dev.oriel.message.find.TextMatcher;
import dev.oriel.message.find.TextPrefilter;
import dev.oriel.message.find.TextQuery;
import dev.oriel.session.Sessions;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.api.SessionView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// `…/find` and `…/prompts`: reads a session's messages from a position back to its start, and
/// returns what was found after a short time, with the position to continue from. Messages that
/// were rewound are left out.
///
/// Nothing is kept between two requests, so a client that goes away costs nothing. Threads of the
/// operating system do the work: it would occupy the few carriers of the virtual threads, on which
/// everything else of the server waits.
final class FindRoute {
    /// How long a request searches. The first hits are on their way after this time.
    private static final long TURN = Duration.ofMillis(60).toNanos();

    /// How long a regular expression may take for one page of messages. Greater than [#TURN], so
    /// that only an expression that is bad for one of them fails.
    private static final long LONGEST_MATCH = Duration.ofSeconds(1).toNanos();

    private static final int PAGE = 1_000;

    /// The most elements of a reply.
    private static final int MAX_FOUND = 2_000;

    /// Characters of a prompt in the list of prompts.
    private static final int PROMPT_LENGTH = 200;

    private static final int MAX_CONCURRENT = 2;

    /// For each request one that searches, and one that reads the next page meanwhile.
    private static final int THREADS = 2 * MAX_CONCURRENT;

    private static final Duration IDLE = Duration.ofSeconds(10);

    private final Semaphore slots = new Semaphore(MAX_CONCURRENT, true);
    private final ExecutorService threads = threads();
    private final Sessions sessions;
    private final Journal journal;

    FindRoute(Sessions sessions, Journal journal) {
        this.sessions = sessions;
        this.journal = journal;
    }

    private static ExecutorService threads() {
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(
                        THREADS,
                        THREADS,
                        IDLE.toMillis(),
                        TimeUnit.MILLISECONDS,
                        new LinkedBlockingQueue<>(),
                        Thread.ofPlatform().name("oriel-find-", 0).daemon().factory());
        // They end by themselves, so that nobody has to close this.
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /// Adds an element for a message, if it belongs to the reply.
    @FunctionalInterface
    private interface Reader {
        void read(Entry entry, SearchDeadline deadline, ArrayNode found) throws SlowQueryException;
    }

    HttpReply find(HttpCall call, String id)
            throws BadRequestException, JournalException, InterruptedException {
        TextQuery query =
                new TextQuery(
                        QueryParameters.text(call, "q", TextQuery.MAX_LENGTH),
                        QueryParameters.flag(call, "case"),
                        QueryParameters.flag(call, "word"),
                        QueryParameters.flag(call, "regex"));
        TextPrefilter prefilter = query.prefilter();
        TextMatcher matcher;
        try {
            matcher = query.matcher();
        } catch (InvalidQueryException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
        return scan(
                call,
                id,
                "hits",
                (entry, deadline, found) -> {
                    Message message = entry.message();
                    int count =
                            prefilter.mayMatch(message)
                                    ? matcher.find(MessageText.of(message), deadline, (_, _) -> {})
                                    : 0;
                    if (count > 0) {
                        found.addObject().put("seq", entry.seq()).put("count", count);
                    }
                });
    }

    HttpReply prompts(HttpCall call, String id)
            throws BadRequestException, JournalException, InterruptedException {
        return scan(call, id, "prompts", FindRoute::addPrompt);
    }

    private static void addPrompt(Entry entry, SearchDeadline deadline, ArrayNode found) {
        String words = MessageText.ofPrompt(entry.message()).strip();
        String text = words.isEmpty() ? attached(entry.message()) : words;
        if (!text.isEmpty()) {
            ObjectNode prompt =
                    found.addObject()
                            .put("seq", entry.seq())
                            .put("text", Graphemes.truncate(text, PROMPT_LENGTH));
            String time = entry.message().tree().path("timestamp").asText("");
            if (!time.isEmpty()) {
                prompt.put("timestamp", time);
            }
        }
    }

    /// The names of what a prompt without text consists of.
    ///
    /// @return empty if it is not a prompt of the user
    private static String attached(Message message) {
        if (!message.is(MessageType.USER) || message.parentToolUseId() != null) {
            return "";
        }
        List<String> names = new ArrayList<>();
        for (JsonNode block : message.tree().path("message").path("content")) {
            switch (block.path("type").asText("")) {
                case "tool_result" -> {
                    return "";
                }
                case "image" -> names.add("Image");
                case "document" -> {
                    String title = block.path("title").asText("").strip();
                    names.add(title.isEmpty() ? "Document" : title);
                }
                default -> {
                    // A text, which is empty, or something that is not attached.
                }
            }
        }
        return String.join(", ", names);
    }

    private HttpReply scan(HttpCall call, String idText, String name, Reader reader)
            throws BadRequestException, JournalException, InterruptedException {
        Optional<SessionView> session = RestRoutes.find(sessions, idText);
        if (session.isEmpty()) {
            return RestRoutes.notFound();
        }
        long after = number(call, "after", 0);
        long before = number(call, "before", Long.MAX_VALUE);
        slots.acquire();
        // It keeps its slot until it ends, even if nobody waits for it any more.
        Future<HttpReply> reply =
                threads.submit(() -> {
                    try {
                        return scan(session.get(), after, before, name, reader);
                    } finally {
                        slots.release();
                    }
                });
        try {
            return result(reply);
        } catch (SlowQueryException e) {
            return HttpReply.error(400, ErrorCode.TOO_SLOW, String.valueOf(e.getMessage()));
        }
    }

    private static <T> T result(Future<T> of)
            throws JournalException, SlowQueryException, InterruptedException {
        try {
            return of.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case JournalException failure -> throw failure;
                case SlowQueryException failure -> throw failure;
                case InterruptedException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        }
    }

    private HttpReply scan(SessionView session, long after, long before, String name, Reader reader)
            throws JournalException, SlowQueryException, InterruptedException {
        ObjectNode reply = Json.object();
        ArrayNode found = reply.putArray(name);
        long start = System.nanoTime();
        @Nullable Future<List<Entry>> next = null;
        long position = before;
        long time = 0;
        long pageTime = 0;
        do {
            List<Entry> page =
                    next == null
                            ? journal.messagesBefore(session.id(), position, PAGE)
                            : result(next);
            long first = page.isEmpty() ? 1 : page.getFirst().seq();
            // A page that is read in vain costs as much as one that is needed.
            boolean goesOn =
                    first > after + 1
                            && found.size() + page.size() < MAX_FOUND
                            && time + pageTime < TURN;
            next =
                    goesOn
                            ? threads.submit(
                                    () -> journal.messagesBefore(session.id(), first, PAGE))
                            : null;
            position = first;
            // From here on: reading a page can take long, which is not the query's fault.
            SearchDeadline deadline = SearchDeadline.in(LONGEST_MATCH);
            for (Entry entry : page.reversed()) {
                if (found.size() == MAX_FOUND) {
                    break;
                }
                position = entry.seq();
                if (position > after && !isRewound(session, position)) {
                    reader.read(entry, deadline, found);
                }
            }
            pageTime = System.nanoTime() - start - time;
            time += pageTime;
        } while (position > after + 1 && found.size() < MAX_FOUND && time < TURN);
        if (position > after + 1) {
            reply.put("next", position);
        }
        return HttpReply.json(200, reply);
    }

    private static boolean isRewound(SessionView session, long seq) {
        return session.rewound().stream().anyMatch(r -> r.contains(seq));
    }

    private static long number(HttpCall call, String name, long otherwise)
            throws BadRequestException {
        Long value = QueryParameters.number(call, name, 0);
        return value == null ? otherwise : value;
    }
}
