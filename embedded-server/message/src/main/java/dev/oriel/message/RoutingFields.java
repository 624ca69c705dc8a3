package dev.oriel.message;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The members of a message that routing needs, read in one pass over its bytes.
///
/// @param parent `parent_tool_use_id`; null for the conversation itself
/// @param numbered whether it has a member `seq`
record RoutingFields(
        String type,
        @Nullable String subtype,
        @Nullable String uuid,
        @Nullable String sessionId,
        @Nullable String requestId,
        @Nullable String eventType,
        @Nullable String parent,
        boolean numbered) {

    static RoutingFields of(byte[] line) throws MalformedMessageException {
        if (!Utf8.isValid(line)) {
            throw new MalformedMessageException("not UTF-8");
        }
        try (JsonParser p = Json.parser(line)) {
            if (p.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedMessageException("not a JSON object");
            }
            Reader reader = new Reader();
            reader.members(p, 0);
            if (p.nextToken() != null) {
                throw new MalformedMessageException("more than one JSON value");
            }
            return reader.route();
        } catch (MalformedMessageException e) {
            throw e;
        } catch (IOException e) {
            throw new MalformedMessageException("not JSON", e);
        }
    }

    private static final int EVENT = 2;

    private static final class Reader {
        private @Nullable String type;
        private @Nullable String subtype;
        private @Nullable String innerSubtype;
        private @Nullable String uuid;
        private @Nullable String sessionId;
        private @Nullable String requestId;
        private @Nullable String innerRequestId;
        private @Nullable String eventType;
        private @Nullable String parent;
        private boolean numbered;

        /// @param depth 0 for the object itself, 1 for the `request` or `response` of a control
        ///   frame, 2 for the `event` of a delta
        void members(JsonParser p, int depth) throws IOException {
            String name;
            while ((name = p.nextFieldName()) != null) {
                JsonToken value = p.nextToken();
                numbered |= depth == 0 && name.equals("seq");
                if (value == JsonToken.VALUE_STRING) {
                    text(p, name, depth);
                } else if (value == JsonToken.START_OBJECT
                        && depth == 0
                        && (name.equals("request") || name.equals("response"))) {
                    members(p, 1);
                } else if (value == JsonToken.START_OBJECT && depth == 0 && name.equals("event")) {
                    members(p, EVENT);
                } else {
                    p.skipChildren();
                }
            }
        }

        private void text(JsonParser p, String name, int depth) throws IOException {
            switch (name) {
                case "type" -> {
                    if (depth == 0) {
                        type = p.getText();
                    } else if (depth == EVENT) {
                        eventType = p.getText();
                    }
                }
                case "subtype" -> {
                    if (depth == 0) {
                        subtype = p.getText();
                    } else if (depth == 1) {
                        innerSubtype = p.getText();
                    }
                }
                case "request_id" -> {
                    if (depth == 0) {
                        requestId = p.getText();
                    } else if (depth == 1) {
                        innerRequestId = p.getText();
                    }
                }
                case "uuid" -> {
                    if (depth == 0) {
                        uuid = p.getText();
                    }
                }
                case "session_id" -> {
                    if (depth == 0) {
                        sessionId = p.getText();
                    }
                }
                case "parent_tool_use_id" -> {
                    if (depth == 0) {
                        parent = p.getText();
                    }
                }
                default -> {
                    // Not needed; the parser skips the text.
                }
            }
        }

        RoutingFields route() throws MalformedMessageException {
            String t = type;
            if (t == null) {
                throw new MalformedMessageException("no type");
            }
            return switch (t) {
                case MessageType.CONTROL_REQUEST ->
                        new RoutingFields(
                                t,
                                innerSubtype,
                                uuid,
                                sessionId,
                                requestId,
                                null,
                                parent,
                                numbered);
                case MessageType.CONTROL_RESPONSE ->
                        new RoutingFields(
                                t,
                                innerSubtype,
                                uuid,
                                sessionId,
                                innerRequestId != null ? innerRequestId : requestId,
                                null,
                                parent,
                                numbered);
                default ->
                        new RoutingFields(
                                t, subtype, uuid, sessionId, requestId, eventType, parent,
                                numbered);
            };
        }
    }
}
