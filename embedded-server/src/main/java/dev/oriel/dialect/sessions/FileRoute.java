package dev.oriel.dialect.sessions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.HttpCall;
import dev.oriel.dialect.HttpReply;
import dev.oriel.files.FileIndex;
import dev.oriel.message.Json;
import dev.oriel.session.Sessions;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.api.SessionView;
import dev.oriel.session.api.WorkingFolder;
import dev.oriel.session.files.FileIndexes;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;

/// `…/files`: the files of a session's folder, and of a folder in which a session can begin.
final class FileRoute {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;
    private static final int MAX_QUERY = 1_000;

    /// How long a request waits for a folder that is being listed, milliseconds.
    private static final long WAIT = 400;

    /// Requests at the same time; each compares its query with all files of a folder.
    private static final int MAX_CONCURRENT = 4;

    private final Semaphore slots = new Semaphore(MAX_CONCURRENT, true);
    private final Sessions sessions;
    private final FileIndexes indexes;

    FileRoute(Sessions sessions, ScheduledExecutorService timer) {
        this.sessions = sessions;
        this.indexes = new FileIndexes(timer);
    }

    /// The files of a session's folder.
    HttpReply ofSession(HttpCall call, String idText)
            throws BadRequestException, InterruptedException {
        Optional<SessionView> session = RestRoutes.find(sessions, idText);
        return session.isEmpty() ? RestRoutes.notFound() : find(call, session.get().record().cwd());
    }

    /// The files of a folder that a session could be created in.
    HttpReply ofFolder(HttpCall call) throws BadRequestException, InterruptedException {
        String cwd = call.query().getOrDefault("cwd", "");
        return find(call, cwd.isEmpty() ? System.getProperty("user.home") : cwd);
    }

    private HttpReply find(HttpCall call, String cwd)
            throws BadRequestException, InterruptedException {
        String query = QueryParameters.text(call, "q", MAX_QUERY);
        int limit = QueryParameters.limit(call, DEFAULT_LIMIT, MAX_LIMIT);
        Path folder;
        try {
            folder = WorkingFolder.require(Path.of(cwd));
        } catch (InvalidPathException e) {
            throw new BadRequestException("cwd must be an existing folder, as an absolute path");
        }
        slots.acquire();
        try {
            return reply(indexes.find(folder, query, limit, WAIT));
        } finally {
            slots.release();
        }
    }

    private static HttpReply reply(FileIndexes.Result result) {
        ObjectNode body = Json.object();
        var files = body.putArray("files");
        for (FileIndex.Found found : result.files()) {
            var matched = files.addObject().put("path", found.path()).putArray("matched");
            for (int at : found.matched()) {
                matched.add(at);
            }
        }
        if (result.indexing()) {
            body.put("indexing", true);
        }
        if (result.incomplete()) {
            body.put("incomplete", true);
        }
        return HttpReply.json(200, body);
    }
}
