package dev.oriel.message.find;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/// The `source` of a document's block: `{"type":"text","media_type":"text/plain","data":…}` for
/// plain text. Any other has encoded data.
public final class DocumentSource {
    private DocumentSource() {}

    /// Takes the text that a parser is at.
    @FunctionalInterface
    public interface TextReader {
        void read(JsonParser p) throws IOException;
    }

    /// Reads a source to its end. Its `data` is taken only after its `type`, so that encoded data
    /// is never built; senders write the type first.
    ///
    /// @param value the token that the parser is at
    /// @param text receives the parser at the `data` of plain text
    public static void read(JsonParser p, JsonToken value, TextReader text) throws IOException {
        if (value != JsonToken.START_OBJECT) {
            p.skipChildren();
            return;
        }
        boolean plain = false;
        String name;
        while ((name = p.nextFieldName()) != null) {
            JsonToken member = p.nextToken();
            if (name.equals("type") && member == JsonToken.VALUE_STRING) {
                plain = p.getText().equals("text");
            } else if (name.equals("data") && plain) {
                text.read(p);
                p.skipChildren();
            } else {
                p.skipChildren();
            }
        }
    }
}
