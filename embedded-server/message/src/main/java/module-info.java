/// The messages of the CLI's stream-json family: parsed once for routing, otherwise kept as the
/// bytes that were received.
@org.jspecify.annotations.NullMarked
module dev.oriel.message {
    requires transitive com.fasterxml.jackson.databind;
    requires transitive org.jspecify;

    exports dev.oriel.message;
    exports dev.oriel.message.find;
    exports dev.oriel.match to
            dev.oriel.client,
            dev.oriel.server;
    exports dev.oriel.platform to
            dev.oriel.client,
            dev.oriel.server;
}
