package dev.oriel.dialect.sessions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.oriel.dialect.HttpCall;
import dev.oriel.dialect.HttpReply;
import dev.oriel.journal.Journal;
import dev.oriel.journal.Journal.Entry;
import dev.oriel.journal.JournalException;
import dev.oriel.message.Json;
import dev.oriel.session.Sessions;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.api.SessionView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;

/// `…/work`: the messages before a position that tell of Claude's checklist and of the tasks that
/// run, for a client that does not have all messages.
///
/// Reads the journal back from the position, and no more than a part of it, so that a reply costs
/// the same in a long conversation.
final class WorkRoute {
    private static final long LONGEST = Duration.ofMillis(250).toNanos();
    private static final int PAGE = 1_000;
    private static final int MOST_READ = 10_000;
    private static final int MAX_CONCURRENT = 2;

    private final Semaphore slots = new Semaphore(MAX_CONCURRENT, true);
    private final Sessions sessions;
    private final Journal journal;

    WorkRoute(Sessions sessions, Journal journal) {
        this.sessions = sessions;
        this.journal = journal;
    }

    HttpReply reply(HttpCall call, String idText)
            throws BadRequestException, JournalException, InterruptedException {
        Optional<SessionView> session = RestRoutes.find(sessions, idText);
        if (session.isEmpty()) {
            return RestRoutes.notFound();
        }
        Long before = QueryParameters.number(call, "before", 0);
        slots.acquire();
        try {
            return reply(session.get(), before == null ? Long.MAX_VALUE : before);
        } finally {
            slots.release();
        }
    }

    private HttpReply reply(SessionView session, long before) throws JournalException {
        Set<String> running = sessions.runningTasks(session.id());
        WorkMessages work = new WorkMessages(running, session.rewound());
        long until = System.nanoTime() + LONGEST;
        long position = before;
        int read = 0;
        do {
            List<Entry> page = journal.messagesBefore(session.id(), position, PAGE);
            for (Entry entry : page.reversed()) {
                work.add(entry);
            }
            read += page.size();
            position = page.isEmpty() ? 1 : page.getFirst().seq();
        } while (position > 1
                && read < MOST_READ
                && !work.isComplete()
                && System.nanoTime() - until < 0);
        ArrayNode tasks = Json.mapper().createArrayNode();
        running.stream().sorted().forEach(tasks::add);
        return HttpReply.json(200, MessagePageRoute.body(work.picked(), "\"tasks\":" + tasks));
    }
}
