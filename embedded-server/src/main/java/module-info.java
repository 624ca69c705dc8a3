/// The server of Oriel: agents, sessions, their journal, and the gateway through which programs
/// reach them.
///
/// It knows no JavaFX. [dev.oriel.gateway] is the only package that knows the WebSocket library.
@org.jspecify.annotations.NullMarked
module dev.oriel.server {
    requires transitive com.fasterxml.jackson.databind;
    requires transitive dev.oriel.message;
    requires transitive org.jspecify;
    requires dev.oriel.client;
    requires com.anthropic.trimmed;
    requires com.networknt.schema;
    requires com.nimbusds.jose.jwt;
    requires info.picocli;
    requires io.github.bucket4j.core;
    requires io.modelcontextprotocol.sdk.mcp.core;
    requires io.modelcontextprotocol.sdk.mcp.json.jackson2;
    requires java.desktop;
    requires java.logging;
    requires transitive java.net.http;
    requires java.sql;
    requires org.apache.httpcomponents.core5.httpcore5;
    requires org.java_websocket;
    requires org.slf4j;
    requires org.xerial.sqlitejdbc;
    requires micrometer.core;
    requires micrometer.registry.prometheus;
    requires reactor.core;

    exports dev.oriel.account;
    exports dev.oriel.account.system;
    exports dev.oriel.agent;
    exports dev.oriel.agent.demo;
    exports dev.oriel.agent.cli;
    exports dev.oriel.agent.cli.install;
    exports dev.oriel.dialect;
    exports dev.oriel.dialect.enhanced;
    exports dev.oriel.dialect.files;
    exports dev.oriel.gateway;
    exports dev.oriel.journal;
    exports dev.oriel.journal.sqlite;
    exports dev.oriel.log;
    exports dev.oriel.session;
    exports dev.oriel.session.api;
    exports dev.oriel.session.event;
    exports dev.oriel.session.tools;

    opens dev.oriel.serve to
            info.picocli;
}
