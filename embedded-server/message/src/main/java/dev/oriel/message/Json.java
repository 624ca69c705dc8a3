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
import java.nio.charset.StandardCharsets;

/// The one JSON mapper of the project.
public final class Json {
    /// The longest line that is parsed, in bytes. The CLI itself has no limit; images and results
    /// of tools make long lines.
    public static final int MAX_LINE = 64 * 1024 * 1024;

    /// Values, names and brackets of one text. A tree needs up to 50 bytes for each, the wire two.
    private static final long MAX_TOKENS = 1_000_000;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    // The default keeps buffers for every thread that has ever
                                    // parsed, and each session has a thread.
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

    /// The mapper.
    ///
    /// @return the same for every call; do not change its configuration
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /// Creates an object.
    ///
    /// @return a new object without members
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static JsonParser parser(byte[] line) throws IOException {
        return MAPPER.getFactory().createParser(line);
    }

    /// Parses bytes that are known to be JSON.
    static JsonNode parse(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException("the bytes of a message are JSON", e);
        }
    }

    /// Parses one JSON object.
    ///
    /// @param json in UTF-8
    /// @return the object
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

    /// Parses an object that this program has stored.
    ///
    /// @throws IllegalArgumentException if it is something else
    public static ObjectNode parseStored(String json) {
        try {
            return parseObject(json.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedMessageException e) {
            throw new IllegalArgumentException("not a JSON object", e);
        }
    }

    /// Encodes a tree as compact UTF-8 without a line break. An unpaired surrogate is written as an
    /// escape: legal in JSON, not encodable in UTF-8.
    ///
    /// @param node any tree
    /// @return new bytes
    public static byte[] encode(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a tree can always be written", e);
        }
    }
}
