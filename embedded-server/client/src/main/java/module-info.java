/// A client of Oriel's server and of the four other kinds of server. It needs neither the server
/// nor a window.
@org.jspecify.annotations.NullMarked
module dev.oriel.client {
    requires transitive dev.oriel.message;
    requires transitive java.net.http;
    requires org.slf4j;

    exports dev.oriel.client;
    exports dev.oriel.client.account;
    exports dev.oriel.client.connect;
    exports dev.oriel.client.transport;
}
