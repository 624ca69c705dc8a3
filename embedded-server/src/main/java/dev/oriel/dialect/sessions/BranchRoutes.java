package dev.oriel.dialect.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.HttpReply;
import dev.oriel.journal.JournalException;
import dev.oriel.journal.SessionRecord;
import dev.oriel.message.ErrorCode;
import dev.oriel.session.SessionBranches;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.api.SessionBusyException;
import dev.oriel.session.api.SessionView;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `POST /v1/sessions/{id}/fork` and `POST /v1/sessions/{id}/rewind`.
final class BranchRoutes {
    private final SessionBranches branches;

    BranchRoutes(SessionBranches branches) {
        this.branches = branches;
    }

    HttpReply fork(UUID id, ObjectNode body)
            throws BadRequestException, JournalException, InterruptedException {
        JsonNode title = body.path("title");
        if (!title.isMissingNode() && (!title.isTextual() || title.textValue().isBlank())) {
            throw new BadRequestException("title must be a text that is not empty");
        }
        Optional<SessionView> created =
                branches.fork(id, before(body), SessionRecord.titleFrom(title.textValue()));
        return created.map(v -> HttpReply.json(201, v.toJson())).orElseGet(RestRoutes::notFound);
    }

    HttpReply rewind(UUID id, ObjectNode body)
            throws BadRequestException, JournalException, InterruptedException {
        Long before = before(body);
        if (before == null) {
            throw new BadRequestException("before is missing");
        }
        try {
            return branches.rewind(id, before)
                    .map(v -> HttpReply.json(200, v.toJson()))
                    .orElseGet(RestRoutes::notFound);
        } catch (SessionBusyException e) {
            return HttpReply.error(409, ErrorCode.BUSY, String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Long before(ObjectNode body) throws BadRequestException {
        JsonNode before = body.path("before");
        if (before.isMissingNode()) {
            return null;
        }
        if (!before.isIntegralNumber() || !before.canConvertToLong() || before.longValue() < 1) {
            throw new BadRequestException("before must be the seq of a prompt");
        }
        return before.longValue();
    }
}
