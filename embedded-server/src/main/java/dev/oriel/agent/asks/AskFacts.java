package dev.oriel.agent.asks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentEvent;
import dev.oriel.agent.AgentEvent.Said;
import dev.oriel.agent.AgentListener;
import dev.oriel.message.Message;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Adds to what the CLI asks what it leaves out, and only the agent's computer knows: the plan that
/// it keeps in a file, and whether a path lies in the session's folder. Asks are rare, so what has
/// to be read of the disk for them is read on the thread that reads the agent.
public final class AskFacts implements AgentListener {
    private final Path cwd;
    private final Plans plans = new Plans();
    private final AgentListener next;

    /// @param cwd the session's folder
    public AskFacts(Path cwd, AgentListener next) {
        this.cwd = cwd;
        this.next = next;
    }

    @Override
    public void on(AgentEvent event) {
        next.on(told(event).orElse(event));
    }

    @Override
    public void on(List<AgentEvent> events) {
        List<AgentEvent> told = null;
        for (int i = 0; i < events.size(); i++) {
            Optional<AgentEvent> instead = told(events.get(i));
            if (instead.isPresent()) {
                told = told == null ? new ArrayList<>(events) : told;
                told.set(i, instead.get());
            }
        }
        next.on(told == null ? events : told);
    }

    /// @return what is said instead, if anything is known that is to be added
    private Optional<AgentEvent> told(AgentEvent event) {
        if (!(event instanceof Said(Message message))) {
            return Optional.empty();
        }
        if (!message.is("control_request", "can_use_tool")) {
            plans.take(message);
            return Optional.empty();
        }
        JsonNode request = message.tree().path("request");
        Optional<Plans.Plan> plan =
                request.path("tool_name").asText().equals("ExitPlanMode")
                                && request.path("input").path("plan").asText().isBlank()
                        ? plans.plan(request.path("input").path("planFilePath").asText())
                        : Optional.empty();
        Optional<Boolean> outside =
                Optional.ofNullable(request.path("blocked_path").textValue())
                        .flatMap(path -> Places.isOutside(cwd, path));
        if (plan.isEmpty() && outside.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode told = message.tree().deepCopy();
        ObjectNode inner = (ObjectNode) told.path("request");
        outside.ifPresent(is -> inner.put("oriel_outside", is));
        plan.ifPresent(p -> {
            ObjectNode found = inner.putObject("oriel_plan");
            found.put("text", p.text()).put("file", p.file());
            if (p.cut()) {
                found.put("cut", true);
            }
        });
        return Optional.of(new Said(Message.of(told)));
    }
}
