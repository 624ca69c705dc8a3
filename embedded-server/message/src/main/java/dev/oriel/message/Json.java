package dev.oriel.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/// The one JSON mapper of the project.
public final class Json {
    /// The longest line that is read, bytes. The CLI sets no bound of its own; images and tool
    /// results make long ones.
    public static final int MAX_LINE = 64 * 1024 * 1024;

    /// Values, names and brackets of one text. As objects they take up to fifty bytes each, and two
    /// on the wire.
    private static final long MAX_TOKENS = 1_000_000;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    // Else every thread that has ever parsed keeps buffers, and
                                    // each session has a thread.
                                    .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxStringLength(MAX_LINE)
                                                    .maxNestingDepth(500)
                                                    .maxTokenCount(MAX_TOKENS)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private Json() {}

    public static ObjectMapper mapper() {
        return MAPPER;
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static JsonParser parser(byte[] line) throws IOException {
        return MAPPER.getFactory().createParser(line);
    }

    /// The tree of bytes that are known to be JSON.
    static JsonNode parse(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes of a message are JSON", e);
        }
    }

    /// One JSON object from outside.
    ///
    /// @throws MalformedMessageException if it is anything else
    public static ObjectNode parseObject(byte[] json) throws MalformedMessageException {
        try {
            if (MAPPER.readTree(json) instanceof ObjectNode o) {
                return o;
            }
        } catch (IOException e) {
            throw new MalformedMessageException("not JSON", e);
        }
        throw new MalformedMessageException("not a JSON object");
    }

    /// Compact UTF-8, without a line break. Half a character, which JSON can say and UTF-8 cannot,
    /// stays an escape.
    public static byte[] encode(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a tree can always be written", e);
        }
    }
}
