package dev.oriel.agent.asks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentEvent;
import dev.oriel.agent.AgentEvent.Output;
import dev.oriel.agent.AgentListener;
import dev.oriel.message.Message;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Adds to what the CLI asks what it leaves out, and only the agent's computer knows: the plan that
/// it keeps in a file, and whether a path lies in the session's folder. Asks are rare, so what has
/// to be read of the disk for them is read on the thread that reads the agent.
public final class AskEnricher implements AgentListener {
    private final Path cwd;
    private final PlanTracker plans = new PlanTracker();
    private final AgentListener next;

    /// @param cwd the session's folder
    public AskEnricher(Path cwd, AgentListener next) {
        this.cwd = cwd;
        this.next = next;
    }

    @Override
    public void onEvent(AgentEvent event) {
        next.onEvent(enrich(event).orElse(event));
    }

    @Override
    public void onEvent(List<AgentEvent> events) {
        List<AgentEvent> told = null;
        for (int i = 0; i < events.size(); i++) {
            Optional<AgentEvent> instead = enrich(events.get(i));
            if (instead.isPresent()) {
                told = told == null ? new ArrayList<>(events) : told;
                told.set(i, instead.get());
            }
        }
        next.onEvent(told == null ? events : told);
    }

    /// @return what is said instead, if anything is known that is to be added
    private Optional<AgentEvent> enrich(AgentEvent event) {
        if (!(event instanceof Output(Message message))) {
            return Optional.empty();
        }
        if (!message.is("control_request", "can_use_tool")) {
            plans.update(message);
            return Optional.empty();
        }
        JsonNode request = message.tree().path("request");
        Optional<PlanTracker.Plan> plan =
                request.path("tool_name").asText().equals("ExitPlanMode")
                                && request.path("input").path("plan").asText().isBlank()
                        ? plans.plan(request.path("input").path("planFilePath").asText())
                        : Optional.empty();
        Optional<Boolean> outside =
                Optional.ofNullable(request.path("blocked_path").textValue())
                        .flatMap(path -> PathContainment.isOutside(cwd, path));
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
        return Optional.of(new Output(Message.of(told)));
    }
}
