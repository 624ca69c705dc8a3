package dev.oriel.dialect.sessions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.HttpCall;
import dev.oriel.dialect.HttpReply;
import dev.oriel.journal.Journal;
import dev.oriel.journal.Journal.Entry;
import dev.oriel.journal.JournalException;
import dev.oriel.message.Json;
import dev.oriel.session.Sessions;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.api.SessionView;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/// `…/messages` and `/v1/search`: pages of the journal, and searching it.
final class MessagePageRoute {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;
    private static final int MAX_QUERY = 1_000;

    /// Pages that are built at the same time; each may be as large as a message.
    private static final int MAX_CONCURRENT = 4;

    private final Semaphore slots = new Semaphore(MAX_CONCURRENT, true);
    private final Sessions sessions;
    private final Journal journal;

    MessagePageRoute(Sessions sessions, Journal journal) {
        this.sessions = sessions;
        this.journal = journal;
    }

    HttpReply page(HttpCall call, String idText)
            throws BadRequestException, JournalException, InterruptedException {
        slots.acquire();
        try {
            return createPage(call, idText);
        } finally {
            slots.release();
        }
    }

    /// A page after a position begins there; any other page ends with the last message before
    /// `before`. Neither contains messages up to `after`.
    private HttpReply createPage(HttpCall call, String idText)
            throws BadRequestException, JournalException {
        Optional<SessionView> session = RestRoutes.find(sessions, idText);
        if (session.isEmpty()) {
            return RestRoutes.notFound();
        }
        UUID id = session.get().id();
        Long after = QueryParameters.number(call, "after", 0);
        Long before = QueryParameters.number(call, "before", 0);
        int limit = QueryParameters.limit(call, DEFAULT_LIMIT, MAX_LIMIT);
        if (after != null && before == null) {
            List<Entry> page = journal.messagesAfter(id, after, limit);
            boolean more =
                    !page.isEmpty()
                            && !journal.messagesAfter(id, page.getLast().seq(), 1).isEmpty();
            return HttpReply.json(200, body(page, more));
        }
        long end = before == null ? Long.MAX_VALUE : before;
        long begin = after == null ? 0 : after;
        List<Entry> page =
                journal.messagesBefore(id, end, limit).stream()
                        .filter(e -> e.seq() > begin)
                        .toList();
        // Seqs have no gaps, so the first one shows whether there are earlier ones.
        boolean more = !page.isEmpty() && page.getFirst().seq() > begin + 1;
        return HttpReply.json(200, body(page, more));
    }

    /// Joins the messages' bytes without parsing them.
    private static byte[] body(List<Entry> page, boolean more) {
        return body(page, "\"more\":" + more);
    }

    /// @param members further members of the object, encoded
    static byte[] body(List<Entry> messages, String members) {
        var out = new ByteArrayOutputStream();
        out.writeBytes("{\"messages\":[".getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < messages.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            out.writeBytes(messages.get(i).message().withSeq(messages.get(i).seq()));
        }
        out.writeBytes(("]," + members + "}").getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    HttpReply search(HttpCall call) throws BadRequestException, JournalException {
        String query = QueryParameters.text(call, "q", MAX_QUERY);
        int limit = QueryParameters.limit(call, DEFAULT_LIMIT, MAX_LIMIT);
        if (query.isBlank()) {
            throw new BadRequestException("q must not be empty");
        }
        ObjectNode reply = Json.object();
        var hits = reply.putArray("hits");
        for (var hit : journal.search(query, null, limit)) {
            if (isRewound(hit.session(), hit.seq())) {
                continue;
            }
            hits.addObject()
                    .put("session_id", hit.session().toString())
                    .put("seq", hit.seq())
                    .put("snippet", hit.snippet());
        }
        return HttpReply.json(200, reply);
    }

    /// Whether a message is no part of the conversation any more, so that no client shows it. It is
    /// known of sessions that are open.
    private boolean isRewound(UUID session, long seq) {
        return sessions.find(session).stream()
                .flatMap(s -> s.rewound().stream())
                .anyMatch(r -> r.contains(seq));
    }
}
