package dev.oriel.app.mcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// What a user enters for a new MCP server.
///
/// @param address an http or https URL, or a command with its arguments
/// @param secrets lines `NAME=value`: environment variables of a command, headers of an address
public record NewMcpServer(String name, String address, String secrets, Scope scope) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
    private static final Pattern URL = Pattern.compile("(?i)https?://\\S{1,2000}");

    /// Where it is configured.
    public enum Scope {
        PROJECT("This folder, for everybody", ".mcp.json"),
        LOCAL("This folder, for you", "your settings"),
        USER("All your folders", "your settings");

        private final String words;
        private final String file;

        Scope(String words, String file) {
            this.words = words;
            this.file = file;
        }

        public String words() {
            return words + "  (" + file + ")";
        }

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What is wrong with it, a sentence; empty if it can be added.
    public String problem() {
        if (!NAME.matcher(name.strip()).matches()) {
            return "The name consists of letters, digits, _ and -.";
        }
        if (address.isBlank()) {
            return "Enter an address that begins with https://, or a command.";
        }
        if (isRemote() && !URL.matcher(address.strip()).matches()) {
            return "An address has no blanks.";
        }
        if (!isRemote() && words(address).isEmpty()) {
            return "A quotation mark in the command is not closed.";
        }
        boolean pairs = secrets.lines().filter(l -> !l.isBlank()).allMatch(l -> l.indexOf('=') > 0);
        return pairs ? "" : "Each line is NAME=value.";
    }

    private boolean isRemote() {
        return address.strip().toLowerCase(Locale.ROOT).startsWith("http://")
                || address.strip().toLowerCase(Locale.ROOT).startsWith("https://");
    }

    /// The body of the request; to be called without a [#problem()].
    ObjectNode toJson() {
        ObjectNode body = Json.object().put("scope", scope.wireName()).put("name", name.strip());
        ObjectNode server = body.putObject("server");
        ObjectNode values = Json.object();
        secrets.lines()
                .filter(l -> !l.isBlank())
                .forEach(l -> {
                    int at = l.indexOf('=');
                    values.put(l.substring(0, at).strip(), l.substring(at + 1).strip());
                });
        if (isRemote()) {
            server.put("type", "http").put("url", address.strip());
            if (!values.isEmpty()) {
                server.set("headers", values);
            }
            return body;
        }
        List<String> words = words(address);
        server.put("type", "stdio").put("command", words.getFirst());
        ArrayNode args = server.putArray("args");
        words.subList(1, words.size()).forEach(args::add);
        if (!values.isEmpty()) {
            server.set("env", values);
        }
        return body;
    }

    /// Divides a command at blanks outside of quotation marks. No shell reads it.
    ///
    /// @return empty if a quotation mark is not closed
    static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (char c : command.strip().toCharArray()) {
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                inWord = true;
            } else if (Character.isWhitespace(c)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                inWord = false;
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (inWord) {
            words.add(word.toString());
        }
        return quote == 0 && !words.isEmpty() && !words.getFirst().isEmpty() ? words : List.of();
    }
}
