package dev.oriel.testing.agent;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.AgentEvent;
import dev.oriel.agent.AgentEvent.Exited;
import dev.oriel.agent.AgentEvent.MalformedLine;
import dev.oriel.agent.AgentEvent.Output;
import dev.oriel.agent.AgentEvent.StdoutLine;
import dev.oriel.agent.AgentListener;
import dev.oriel.message.Message;
import dev.oriel.testing.await.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// A listener that records an agent's events and waits for messages.
public final class CollectingAgentListener implements AgentListener {
    private static final Duration PATIENCE = Patience.LIMIT;

    private final List<AgentEvent> events = new ArrayList<>();

    @Override
    public synchronized void onEvent(AgentEvent event) {
        events.add(event);
    }

    public synchronized List<AgentEvent> events() {
        return List.copyOf(events);
    }

    public List<Message> messages() {
        return events().stream()
                .filter(e -> e instanceof Output)
                .map(e -> ((Output) e).message())
                .toList();
    }

    public List<Message> messages(String type) {
        return messages().stream().filter(m -> m.is(type)).toList();
    }

    public long malformedLines() {
        return events().stream().filter(e -> e instanceof MalformedLine).count();
    }

    /// The lines that were not messages.
    public List<String> stderrLines() {
        return events().stream()
                .filter(e -> e instanceof StdoutLine)
                .map(e -> ((StdoutLine) e).line())
                .toList();
    }

    /// Waits for the first matching message.
    public Message awaitMessage(Predicate<Message> fits) {
        await().atMost(PATIENCE).until(() -> messages().stream().anyMatch(fits));
        return messages().stream().filter(fits).findFirst().orElseThrow();
    }

    public Message awaitMessage(String type) {
        return awaitMessage(m -> m.is(type));
    }

    /// Waits for the n-th result, from 1.
    public JsonNode awaitResult(int n) {
        await().atMost(PATIENCE).until(() -> messages("result").size() >= n);
        return messages("result").get(n - 1).tree();
    }

    /// Waits for the n-th ask, from 1.
    public Message awaitAsk(int n) {
        await().atMost(PATIENCE).until(() -> messages("control_request").size() >= n);
        return messages("control_request").get(n - 1);
    }

    public Exited awaitExit() {
        await().atMost(PATIENCE).until(() -> events().stream().anyMatch(e -> e instanceof Exited));
        return (Exited) events().getLast();
    }

    public boolean hasExited() {
        return events().stream().anyMatch(e -> e instanceof Exited);
    }

    /// The joined text of all text deltas.
    public String streamedText() {
        StringBuilder text = new StringBuilder();
        for (Message m : messages("stream_event")) {
            text.append(m.tree().path("event").path("delta").path("text").asText(""));
        }
        return text.toString();
    }

    /// The joined text of all text blocks of `assistant` messages.
    public String wholeText() {
        StringBuilder text = new StringBuilder();
        for (Message m : messages("assistant")) {
            for (JsonNode block : m.tree().path("message").path("content")) {
                text.append(block.path("text").asText(""));
            }
        }
        return text.toString();
    }
}
