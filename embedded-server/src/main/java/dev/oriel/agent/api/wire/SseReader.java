package dev.oriel.agent.api.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.wire.MessagesApi.SseEvent;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads server-sent events from bytes in pieces of any size. Lines end with LF, CRLF or CR; a byte
/// order mark at the start and comments are skipped (WHATWG HTML, "Server-sent events"). The data
/// of each event must be a JSON object with a `type`. Confined to one thread.
final class SseReader {
    /// The longest event, in bytes.
    static final int MAX_EVENT = 16 << 20;

    /// The longest content of a response, in UTF-16 units of its deltas: more than ten times what
    /// models write at most.
    static final int MAX_CONTENT = 8 << 20;

    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] DATA = {'d', 'a', 't', 'a'};

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private long content;
    private boolean hasData;
    private boolean afterCr;
    private int start; // bytes of the byte order mark that were seen; 3 or -1 after the start

    /// Takes the next bytes of the stream.
    ///
    /// @return the events that are complete now, in order
    /// @throws MalformedMessageException if an event or the content is too long, or data are not
    ///   such an object
    List<SseEvent> read(byte[] bytes, int offset, int length) throws MalformedMessageException {
        List<SseEvent> events = new ArrayList<>();
        int end = offset + length;
        for (int i = offset; i < end; ) {
            if (start >= 0 && start < BOM.length && skipsMark(bytes[i])) {
                i++;
                continue;
            }
            if (afterCr) {
                afterCr = false;
                if (bytes[i] == '\n') {
                    i++;
                    continue;
                }
            }
            int lineEnd = lineEnd(bytes, i, end);
            if (line.size() + data.size() + lineEnd - i > MAX_EVENT) {
                throw new MalformedMessageException(
                        "an event is longer than " + MAX_EVENT + " bytes");
            }
            line.write(bytes, i, lineEnd - i);
            if (lineEnd < end) {
                afterCr = bytes[lineEnd] == '\r';
                endLine(events);
            }
            i = lineEnd + 1;
        }
        return events;
    }

    private static int lineEnd(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && bytes[at] != '\n' && bytes[at] != '\r') {
            at++;
        }
        return at;
    }

    /// @return whether the byte belongs to a byte order mark
    private boolean skipsMark(byte b) {
        if (b == BOM[start]) {
            start++;
            return true;
        }
        line.write(BOM, 0, start);
        start = -1;
        return false;
    }

    private void endLine(List<SseEvent> events) throws MalformedMessageException {
        byte[] bytes = line.toByteArray();
        line.reset();
        if (bytes.length == 0) {
            if (hasData) {
                byte[] json = data.toByteArray();
                data.reset();
                hasData = false;
                add(json, events);
            }
            return;
        }
        // The other fields (event, id, retry) and comments say nothing that the data does not.
        if (isData(bytes)) {
            int from = bytes.length == DATA.length ? DATA.length : DATA.length + 1;
            if (from < bytes.length && bytes[from] == ' ') {
                from++;
            }
            if (hasData) {
                data.write('\n');
            }
            hasData = true;
            data.write(bytes, from, bytes.length - from);
        }
    }

    private static boolean isData(byte[] line) {
        if (line.length < DATA.length) {
            return false;
        }
        for (int i = 0; i < DATA.length; i++) {
            if (line[i] != DATA[i]) {
                return false;
            }
        }
        return line.length == DATA.length || line[DATA.length] == ':';
    }

    private void add(byte[] json, List<SseEvent> events) throws MalformedMessageException {
        if (json.length == 6 && new String(json, StandardCharsets.US_ASCII).equals("[DONE]")) {
            return; // what servers of another API end their streams with
        }
        ObjectNode event = Json.parseObject(json);
        if (!event.path("type").isTextual()) {
            throw new MalformedMessageException("an event has no type");
        }
        for (JsonNode member : event.path("delta")) {
            content += member.isTextual() ? member.textValue().length() : 0;
        }
        if (content > MAX_CONTENT) {
            throw new MalformedMessageException(
                    "the content is longer than " + MAX_CONTENT + " characters");
        }
        events.add(new SseEvent(event.path("type").textValue(), json, event));
    }
}
