package dev.oriel.dialect.sessions;

import dev.oriel.dialect.HttpCall;
import dev.oriel.dialect.HttpReply;
import dev.oriel.journal.Journal;
import dev.oriel.journal.JournalException;
import dev.oriel.message.Json;
import dev.oriel.session.api.BadRequestException;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/// `GET /v1/usage`: what all sessions have cost since a moment.
final class UsageRoute {
    private final Journal journal;

    UsageRoute(Journal journal) {
        this.journal = journal;
    }

    HttpReply reply(HttpCall call) throws BadRequestException, JournalException {
        Instant since;
        try {
            since = Instant.parse(call.query().getOrDefault("since", ""));
        } catch (DateTimeParseException e) {
            throw new BadRequestException("since must be a time such as 2026-01-31T22:00:00Z");
        }
        return HttpReply.json(
                200,
                Json.object()
                        .put("since", since.toString())
                        .put("cost_usd", journal.costSince(since)));
    }
}
