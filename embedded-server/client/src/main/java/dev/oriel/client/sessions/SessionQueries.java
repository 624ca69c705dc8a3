package dev.oriel.client.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.client.ClientException;
import dev.oriel.client.FileMatches;
import dev.oriel.client.FoundMessages;
import dev.oriel.client.HistoryPage;
import dev.oriel.client.PromptLines;
import dev.oriel.client.SearchHit;
import dev.oriel.client.ServerClient.EarlierWork;
import dev.oriel.client.ServerClient.PastPrompt;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Message;
import dev.oriel.message.find.TextQuery;
import dev.oriel.platform.FutureFailures;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Reads of the server's sessions over HTTP: their messages, prompts and files, and searches in
/// them. Any thread.
final class SessionQueries {
    private final RestClient rest;

    SessionQueries(RestClient rest) {
        this.rest = rest;
    }

    CompletableFuture<List<SearchHit>> search(String words, int limit) {
        String query = "/v1/search?q=" + encode(words) + "&limit=" + limit;
        return rest.request("GET", query, null)
                .thenApply(reply -> {
                    List<SearchHit> hits = new ArrayList<>();
                    reply.path("hits")
                            .forEach(h ->
                                    hits.add(
                                            new SearchHit(
                                                    h.path("session_id").asText(),
                                                    h.path("seq").asLong(),
                                                    h.path("snippet").asText())));
                    return List.copyOf(hits);
                });
    }

    CompletableFuture<FoundMessages> find(String id, TextQuery query, long before, long after) {
        String parameters =
                "q="
                        + encode(query.text())
                        + "&case="
                        + query.matchCase()
                        + "&word="
                        + query.wholeWord()
                        + "&regex="
                        + query.regex()
                        + "&after="
                        + after
                        + (before == Long.MAX_VALUE ? "" : "&before=" + before);
        return rest.request("GET", "/v1/sessions/" + id + "/find?" + parameters, null)
                .thenApply(reply -> {
                    List<FoundMessages.Hit> hits = new ArrayList<>();
                    reply.path("hits")
                            .forEach(h ->
                                    hits.add(
                                            new FoundMessages.Hit(
                                                    h.path("seq").asLong(),
                                                    h.path("count").asInt())));
                    return new FoundMessages(hits, reply.path("next").asLong());
                });
    }

    CompletableFuture<PromptLines> prompts(String id, long before) {
        String query = before == Long.MAX_VALUE ? "" : "?before=" + before;
        return rest.request("GET", "/v1/sessions/" + id + "/prompts" + query, null)
                .thenApply(reply -> {
                    List<PromptLines.Line> lines = new ArrayList<>();
                    reply.path("prompts")
                            .forEach(l ->
                                    lines.add(
                                            new PromptLines.Line(
                                                    l.path("seq").asLong(),
                                                    l.path("text").asText(),
                                                    l.path("timestamp").asText(""))));
                    return new PromptLines(lines, reply.path("next").asLong());
                });
    }

    CompletableFuture<EarlierWork> findEarlierWork(String id, long before) {
        return rest.request("GET", "/v1/sessions/" + id + "/work?before=" + before, null)
                .thenApply(reply -> {
                    Set<String> running = new HashSet<>();
                    reply.path("tasks").forEach(t -> running.add(t.asText()));
                    return new EarlierWork(messages(reply), running);
                });
    }

    CompletableFuture<FileMatches> findFiles(String id, String query, int limit) {
        return files("/v1/sessions/" + id + "/files?", query, limit);
    }

    CompletableFuture<FileMatches> findFilesIn(String cwd, String query, int limit) {
        String folder = cwd.isBlank() ? "" : "cwd=" + encode(cwd) + "&";
        return files("/v1/files?" + folder, query, limit);
    }

    private CompletableFuture<FileMatches> files(String path, String query, int limit) {
        return rest.request("GET", path + "q=" + encode(query) + "&limit=" + limit, null)
                .thenApply(FileMatches::fromJson)
                .exceptionally(failure -> {
                    throw asUnsupported(failure);
                });
    }

    CompletableFuture<List<PastPrompt>> findPrompts(String id, String words, int limit) {
        return pastPrompts("session=" + id + "&", words, limit);
    }

    CompletableFuture<List<PastPrompt>> findPromptsIn(String cwd, String words, int limit) {
        return pastPrompts("cwd=" + encode(cwd) + "&", words, limit);
    }

    CompletableFuture<List<PastPrompt>> findAllPrompts(String words, int limit) {
        return pastPrompts("", words, limit);
    }

    private CompletableFuture<List<PastPrompt>> pastPrompts(String where, String words, int limit) {
        return rest.request(
                        "GET",
                        "/v1/prompts?" + where + "q=" + encode(words) + "&limit=" + limit,
                        null)
                .thenApply(reply -> {
                    List<PastPrompt> prompts = new ArrayList<>();
                    for (JsonNode each : reply.path("prompts")) {
                        prompts.add(
                                new PastPrompt(
                                        each.path("text").asText(""),
                                        each.path("session_id").asText("")));
                    }
                    return List.copyOf(prompts);
                });
    }

    /// A server that does not know the route is older than it.
    private static CompletionException asUnsupported(Throwable failure) {
        Throwable cause = FutureFailures.unwrap(failure);
        return new CompletionException(
                cause instanceof ClientException e && e.code().equals(ErrorCode.NOT_FOUND)
                        ? new ClientException(
                                ErrorCode.UNSUPPORTED, "This server cannot list files.", e)
                        : cause);
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    CompletableFuture<HistoryPage> messagesBefore(String id, long seq, int limit) {
        return page(id, (seq == Long.MAX_VALUE ? "" : "before=" + seq + "&") + "limit=" + limit);
    }

    CompletableFuture<HistoryPage> messagesAfter(String id, long seq, int limit) {
        return page(id, "after=" + seq + "&limit=" + limit);
    }

    private CompletableFuture<HistoryPage> page(String id, String query) {
        return rest.request("GET", "/v1/sessions/" + id + "/messages?" + query, null)
                .thenApply(
                        reply -> new HistoryPage(messages(reply), reply.path("more").asBoolean()));
    }

    private static List<Message> messages(JsonNode reply) {
        List<Message> messages = new ArrayList<>();
        reply.path("messages").forEach(m -> messages.add(Message.of(m)));
        return List.copyOf(messages);
    }
}
