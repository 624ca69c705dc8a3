package dev.oriel.agent.api.subagent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.subagent.SubagentRunner.Assignment;
import dev.oriel.agent.api.subagent.SubagentRunner.Report;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.tool.ToolNeeds;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.agent.api.tool.shell.AgentTask;
import dev.oriel.agent.api.tool.shell.BackgroundTasks;
import dev.oriel.message.Json;
import dev.oriel.platform.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts subagents. Several calls run at the same time; what the subagents do is judged call by
/// call, like what the agent does itself.
public final class AgentTool implements Tool {
    private static final Logger LOG = LoggerFactory.getLogger(AgentTool.class);
    private static final int MOST_AT_ONCE = 10;
    private static final String GENERAL = "general-purpose";

    private final SubagentRunner runner;
    private final SubagentTypes definitions;
    private final BackgroundTasks background;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    public AgentTool(SubagentRunner runner, SubagentTypes definitions, BackgroundTasks background) {
        this.runner = runner;
        this.definitions = definitions;
        this.background = background;
    }

    @Override
    public String name() {
        return "Agent";
    }

    @Override
    public String description() {
        return """
        Starts a subagent: it works on a task in a conversation of its own and returns one report. \
        Use it for searches through much code, for work that would fill this conversation, and for \
        parts of a task that do not depend on each other: several calls in one message run at the \
        same time. Do not use it for what one or two calls of another tool do.

        The subagent knows nothing of this conversation: the prompt must say what it is to do, what \
        you know already, whether it may change files, and what it is to report. The user does not \
        see the report; tell them what matters. It waits for the report, unless \
        `run_in_background` is set: then you are told when it has ended.

        Types (`subagent_type`, general-purpose by default):
        """
                + definitions.all().stream()
                        .map(d -> "- " + d.name() + ": " + shortened(d.description()))
                        .collect(Collectors.joining("\n"));
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() > 600 ? line.substring(0, 599) + "…" : line;
    }

    @Override
    public ObjectNode inputSchema() {
        return Json.parseStored(
                """
                {"$schema":"https://json-schema.org/draft/2020-12/schema",
                "type":"object","properties":{
                "description":{"type":"string","description":"The task in 3 to 5 words"},
                "prompt":{"type":"string","description":"The task, with all that it needs"},
                "subagent_type":{"type":"string","description":"The type of subagent"},
                "model":{"type":"string","enum":["sonnet","opus","haiku","fable"],
                "description":"Another model than that of the type"},
                "effort":{"type":"string","enum":["low","medium","high","xhigh","max"]},
                "run_in_background":{"type":"boolean","description":"Do not wait for its end"}},
                "required":["description","prompt"],"additionalProperties":false}
                """);
    }

    /// True, so that subagents run at the same time.
    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public ToolOutcome.@Nullable Fail check(ToolRequest call, ToolContext context) {
        String type = type(call);
        return definitions.find(type) == null
                ? ToolOutcome.refused(
                        "Agent type '"
                                + type
                                + "' not found. Available agents: "
                                + definitions.all().stream()
                                        .map(AgentDefinition::name)
                                        .collect(Collectors.joining(", ")))
                : null;
    }

    @Override
    public ToolNeeds needs(ToolRequest call, ToolContext context) {
        return ToolNeeds.harmless();
    }

    @Override
    public ToolOutcome run(ToolRequest call, ToolContext context) throws InterruptedException {
        AgentDefinition definition = definitions.find(type(call));
        if (definition == null) {
            return ToolOutcome.refused("Agent type '" + type(call) + "' not found.");
        }
        String id = "a" + UUID.randomUUID().toString().replace("-", "").substring(0, 16);
        Assignment assignment =
                new Assignment(
                        id,
                        call.id(),
                        definition,
                        call.input().path("prompt").asText(),
                        call.input().path("model").textValue(),
                        call.input().path("effort").textValue());
        SubagentTask task =
                new SubagentTask(
                        assignment, call.input().path("description").asText(), context.emit());
        return call.input().path("run_in_background").asBoolean()
                ? begin(call, assignment, task, context)
                : await(assignment, task, context);
    }

    private ToolOutcome await(Assignment assignment, SubagentTask task, ToolContext context)
            throws InterruptedException {
        Report report = null;
        task.reportStart();
        try {
            report = work(assignment, task, context.cancel());
        } finally {
            task.reportEnd(report);
        }
        if (report.error() != null && report.text().isBlank()) {
            return ToolOutcome.failed("The subagent could not finish: " + report.error());
        }
        return new ToolOutcome.Ok(task.content(report), task.structured(report), List.of(), null);
    }

    private Report work(Assignment assignment, SubagentTask task, CancelScope cancel)
            throws InterruptedException {
        while (!places.tryAcquire(50, TimeUnit.MILLISECONDS)) {
            cancel.check();
        }
        try {
            cancel.check();
            return runner.run(assignment, cancel, task::reportProgress);
        } finally {
            places.release();
        }
    }

    private ToolOutcome begin(
            ToolRequest call, Assignment assignment, SubagentTask task, ToolContext context) {
        String description = call.input().path("description").asText();
        Path output = SubagentTask.output(context.privateFolder(), assignment.agentId());
        // Its own scope: an interrupt of the turn does not end it.
        CancelScope cancel = new CancelScope();
        AgentTask entry =
                new AgentTask(
                        AgentTask.Kind.LOCAL_AGENT,
                        assignment.agentId(),
                        call.id(),
                        description,
                        assignment.prompt(),
                        output,
                        context.emit(),
                        cancel::cancel);
        try {
            PrivateFiles.createIfMissing(output);
        } catch (IOException e) {
            LOG.debug("The file of a subagent cannot be created", e);
            return ToolOutcome.failed("The file for the subagent's report cannot be created.");
        }
        if (!background.add(entry)) {
            return ToolOutcome.failed(
                    "There are too many background tasks. Stop one of them with TaskStop first.");
        }
        Thread.ofVirtual()
                .name("oriel-background-subagent")
                .start(() -> background.end(entry, ending(assignment, task, entry, cancel)));
        ObjectNode structured =
                Json.object()
                        .put("isAsync", true)
                        .put("status", "async_launched")
                        .put("agentId", assignment.agentId())
                        .put("description", description)
                        .put("prompt", assignment.prompt())
                        .put("outputFile", output.toString());
        return new ToolOutcome.Ok(
                TextNode.valueOf(
                        "The subagent works in the background.\nagentId: "
                                + assignment.agentId()
                                + "\nYou will be notified when it completes; its report will then"
                                + " be in "
                                + output),
                structured,
                List.of(),
                null);
    }

    private AgentTask.Ending ending(
            Assignment assignment, SubagentTask task, AgentTask entry, CancelScope cancel) {
        String name = "Agent \"" + entry.description() + "\" ";
        try {
            Report report = work(assignment, task, cancel);
            String framed = SubagentTask.framed(report);
            Files.writeString(entry.output(), framed);
            return new AgentTask.Ending(
                    SubagentTask.status(report),
                    name + (report.error() == null ? "completed" : "failed: " + report.error()),
                    null,
                    task.usage(report),
                    framed);
        } catch (CancellationException e) {
            return new AgentTask.Ending("stopped", name + "was stopped", null, null, null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new AgentTask.Ending("stopped", name + "was stopped", null, null, null);
        } catch (IOException e) {
            LOG.debug("The report of a subagent cannot be written", e);
            return new AgentTask.Ending(
                    "failed", name + "failed: its report cannot be saved", null, null, null);
        } catch (RuntimeException e) { // its end must be reported in any case
            LOG.warn("A subagent in the background failed", e);
            return new AgentTask.Ending("failed", name + "failed", null, null, null);
        }
    }

    private static String type(ToolRequest call) {
        String type = call.input().path("subagent_type").asText("");
        return type.isBlank() ? GENERAL : type;
    }
}
