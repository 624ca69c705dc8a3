package dev.oriel.dialect.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.journal.SessionRecord;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.api.SessionSpec;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Parses the body of `POST /v1/sessions`.
final class SessionSpecReader {
    private SessionSpecReader() {}

    static SessionSpec read(ObjectNode body) throws BadRequestException {
        return SessionSpec.builder("sessions")
                .cwd(path(text(body, "cwd")))
                .title(SessionRecord.titleFrom(text(body, "title")))
                .agent(text(body, "agent"))
                .model(text(body, "model"))
                .permissionMode(text(body, "permission_mode"))
                .effort(text(body, "effort"))
                .resume(uuid(text(body, "resume")))
                .build();
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
