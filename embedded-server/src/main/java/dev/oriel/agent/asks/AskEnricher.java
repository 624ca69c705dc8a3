package dev.oriel.agent.asks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentEvent;
import dev.oriel.agent.AgentEvent.Output;
import dev.oriel.agent.AgentListener;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Adds information to the CLI's asks that the CLI omits and that only the server's computer has:
/// the plan, which the CLI keeps in a file (`oriel_plan`), and whether a path is outside the
/// session's folder (`oriel_outside`). Asks are rare, so the files are read on the thread that
/// reads the agent's output.
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
    public void onEvents(List<AgentEvent> events) {
        List<AgentEvent> enriched = null;
        for (int i = 0; i < events.size(); i++) {
            Optional<AgentEvent> replacement = enrich(events.get(i));
            if (replacement.isPresent()) {
                enriched = enriched == null ? new ArrayList<>(events) : enriched;
                enriched.set(i, replacement.get());
            }
        }
        next.onEvents(enriched == null ? events : enriched);
    }

    /// @return the event with additions; empty if there is nothing to add
    private Optional<AgentEvent> enrich(AgentEvent event) {
        if (!(event instanceof Output(Message message))) {
            return Optional.empty();
        }
        if (!message.is(MessageType.CONTROL_REQUEST, ControlSubtype.CAN_USE_TOOL)) {
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
        ObjectNode enriched = message.tree().deepCopy();
        ObjectNode inner = (ObjectNode) enriched.path("request");
        outside.ifPresent(isOutside -> inner.put("oriel_outside", isOutside));
        plan.ifPresent(p -> {
            ObjectNode json = inner.putObject("oriel_plan");
            json.put("text", p.text()).put("file", p.file());
            if (p.cut()) {
                json.put("cut", true);
            }
        });
        return Optional.of(new Output(Message.of(enriched)));
    }
}
