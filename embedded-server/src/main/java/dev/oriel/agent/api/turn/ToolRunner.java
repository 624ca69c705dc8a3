package dev.oriel.agent.api.turn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.hook.Hooks;
import dev.oriel.agent.api.hook.Hooks.HookVerdict;
import dev.oriel.agent.api.permission.Permissions;
import dev.oriel.agent.api.permission.Verdict;
import dev.oriel.agent.api.tool.InputCheck;
import dev.oriel.agent.api.tool.JudgedPaths;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolCatalog;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.tool.ToolNeeds;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Runs the tool calls of one answer: validates them, runs hooks, asks for permission, runs them,
/// and emits each result when its call ends. Calls that change nothing run at the same time, at
/// most [#MAX_PARALLEL]; others one after the other, in order. Used by the thread of one turn.
final class ToolRunner {
    static final int MAX_PARALLEL = 10;
    private static final String INTERRUPTED = "[Request interrupted by user for tool use]";
    private static final String MOVED =
            "A folder or file on the path was replaced after the permission was given. Nothing was"
                    + " done.";
    private static final Logger LOG = System.getLogger(ToolRunner.class.getName());

    private final ToolCatalog tools;
    private final Permissions permissions;
    private final Hooks hooks;
    private final TurnMessages messages;
    private final TurnOutput output;
    private final ToolContext context;
    private final ArrayNode denials;
    private final Semaphore places = new Semaphore(MAX_PARALLEL);
    private final Set<String> answered = new HashSet<>(); // guarded by this
    private @Nullable String stop; // guarded by this

    /// @param context its scope is the turn's
    /// @param denials receives the calls that were denied
    ToolRunner(
            ToolCatalog tools,
            Permissions permissions,
            Hooks hooks,
            TurnMessages messages,
            TurnOutput output,
            ToolContext context,
            ArrayNode denials) {
        this.tools = tools;
        this.permissions = permissions;
        this.hooks = hooks;
        this.messages = messages;
        this.output = output;
        this.context = context;
        this.denials = denials;
    }

    /// Runs the calls. Each has a result when this returns or throws.
    ///
    /// @return why the turn must end after them; null to go on
    /// @throws CancellationException if the turn was interrupted
    @Nullable String run(List<ModelAnswer.Call> calls) throws InterruptedException {
        List<Running> running = new ArrayList<>();
        try {
            for (ModelAnswer.Call call : calls) {
                context.cancel().check();
                Tool tool = tools.find(call.name());
                if (tool != null && !tool.isReadOnly()) {
                    join(running); // its checks see what the calls before it have done
                }
                Prepared prepared = prepare(call);
                if (prepared != null) {
                    running.add(start(prepared));
                    if (!prepared.tool.isReadOnly()) {
                        join(running);
                    }
                }
            }
            join(running);
            context.cancel().check();
            synchronized (this) {
                return stop;
            }
        } catch (CancellationException | InterruptedException e) {
            joinCancelled(running);
            for (ModelAnswer.Call call : calls) {
                finish(call.id(), ToolOutcome.failed(INTERRUPTED), "reject", "user_reject");
            }
            throw e;
        }
    }

    /// A call on its own thread, so that the turn can leave one alone that does not end.
    private record Running(Thread thread, CompletableFuture<Void> ended) {}

    private Running start(Prepared prepared) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Thread thread =
                Thread.ofVirtual()
                        .name("oriel-tool-" + prepared.tool.name())
                        .start(() -> {
                            try {
                                runLimited(prepared);
                            } finally {
                                ended.complete(null);
                            }
                        });
        return new Running(thread, ended);
    }

    /// Waits for calls to end.
    ///
    /// @throws CancellationException at once if the turn was interrupted
    private void join(List<Running> running) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        CompletableFuture.allOf(
                        running.stream().map(Running::ended).toArray(CompletableFuture[]::new))
                .thenRun(over::countDown);
        try (CancelScope.Registration _ = context.cancel().onCancel(over::countDown)) {
            over.await();
        }
        context.cancel().check();
        running.clear();
    }

    /// Gives cancelled calls a moment to end, so that their last output is known. Then they are
    /// left alone: their results are ignored.
    private static void joinCancelled(List<Running> calls) throws InterruptedException {
        long deadline = System.nanoTime() + 1_000_000_000L;
        for (Running call : calls) {
            call.thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            call.thread.interrupt();
        }
    }

    /// A call that may run.
    ///
    /// @param source who decided, in the CLI's terms
    private record Prepared(Tool tool, ToolRequest call, ToolContext context, String source) {}

    /// @return null if the call already has a result
    private @Nullable Prepared prepare(ModelAnswer.Call call) throws InterruptedException {
        Tool tool = tools.find(call.name());
        if (tool == null) {
            refuse(call.id(), "Error: No such tool available: " + call.name());
            return null;
        }
        if (call.input() == null) {
            refuse(call.id(), ToolMessages.brokenInput(call));
            return null;
        }
        try {
            ObjectNode input = valid(tool, call.id(), call.input());
            if (input == null) {
                return null;
            }
            return decide(tool, new ToolRequest(call.id(), tool.name(), input));
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            LOG.log(Logger.Level.WARNING, "A check of the tool " + tool.name() + " failed", e);
            refuse(call.id(), "The tool failed with an internal error.");
            return null;
        }
    }

    private @Nullable ObjectNode valid(Tool tool, String id, ObjectNode given) {
        return switch (InputCheck.check(tool.name(), tool.inputSchema(), given)) {
            case InputCheck.Result.Valid(ObjectNode input) -> input;
            case InputCheck.Result.Invalid(String text) -> {
                finish(
                        id,
                        new ToolOutcome.Fail(
                                TextNode.valueOf("<tool_use_error>" + text + "</tool_use_error>"),
                                TextNode.valueOf(text)),
                        null,
                        null);
                yield null;
            }
        };
    }

    private @Nullable Prepared decide(Tool tool, ToolRequest first) throws InterruptedException {
        ToolRequest call = first;
        HookVerdict hook = hooks.beforeTool(call, context.cancel());
        addContext(hook);
        if (hook.block() != null) {
            deny(call, hook.block(), "hook");
            return null;
        }
        if (hook.input() != null) {
            ObjectNode input = valid(tool, call.id(), hook.input());
            if (input == null) {
                return null;
            }
            call = new ToolRequest(call.id(), call.name(), input);
        }
        ToolOutcome.Fail fault = tool.check(call, context);
        if (fault != null) {
            finish(call.id(), fault, null, null);
            return null;
        }
        ToolNeeds needs = tool.needs(call, context);
        ToolContext judged = context.withJudged(JudgedPaths.of(needs, context));
        Verdict verdict = permissions.judge(call, needs);
        if (hook.isAsking() && verdict instanceof Verdict.Allow) {
            verdict = new Verdict.Ask("hook", null, null, null);
        }
        return switch (verdict) {
            case Verdict.Allow _ -> new Prepared(tool, call, judged, "config");
            case Verdict.Deny(String reason, String text) -> {
                output.emit(ToolMessages.denied(messages, call, reason, text));
                deny(call, text, "config");
                yield null;
            }
            case Verdict.Ask ask ->
                    hook.isAllowed() && !needs.asksUser() && !ask.reason().equals("rule")
                            ? new Prepared(tool, call, judged, "hook")
                            : ask(tool, call, needs, ask, judged);
        };
    }

    private @Nullable Prepared ask(
            Tool tool, ToolRequest call, ToolNeeds needs, Verdict.Ask why, ToolContext judged)
            throws InterruptedException {
        ObjectNode reply;
        try {
            reply = output.ask(ToolMessages.ask(messages, call, needs, why), context.cancel());
        } catch (CancellationException e) {
            addDenial(call);
            throw e;
        }
        if (!"success".equals(reply.path("subtype").asText())) {
            String text = "Tool permission request failed: Error: " + reply.path("error").asText();
            finish(call.id(), ToolOutcome.failed(text), "reject", "config");
            return null;
        }
        JsonNode decision = reply.path("response");
        if (!"allow".equals(decision.path("behavior").asText())) {
            deny(
                    call,
                    decision.path("message").asText("The user has denied this call."),
                    "user_reject");
            if (decision.path("interrupt").asBoolean()) {
                context.cancel().cancel(); // also ends the calls that are running
                throw new CancellationException();
            }
            return null;
        }
        String modeBefore = permissions.mode();
        for (String notice : permissions.update(decision.path("updatedPermissions"))) {
            output.emit(messages.informational(notice, "warning"));
        }
        if (!permissions.mode().equals(modeBefore)) {
            output.emit(messages.permissionMode(permissions.mode()));
        }
        ToolContext answeredContext = judged.withReply((ObjectNode) decision);
        if (!(decision.get("updatedInput") instanceof ObjectNode updated)
                || updated.equals(call.input())) {
            return new Prepared(tool, call, answeredContext, "user_temporary");
        }
        ObjectNode input = valid(tool, call.id(), updated);
        if (input == null) {
            return null;
        }
        ToolRequest changed = new ToolRequest(call.id(), call.name(), input);
        ToolOutcome.Fail fault = tool.check(changed, context);
        if (fault != null) {
            finish(call.id(), fault, null, null);
            return null;
        }
        // The user has seen the changed input, so that only a denial stops it.
        ToolNeeds changedNeeds = tool.needs(changed, context);
        JudgedPaths paths = JudgedPaths.of(changedNeeds, context);
        if (permissions.judge(changed, changedNeeds)
                instanceof Verdict.Deny(String reason, String text)) {
            output.emit(ToolMessages.denied(messages, changed, reason, text));
            deny(changed, text, "config");
            return null;
        }
        return new Prepared(tool, changed, answeredContext.withJudged(paths), "user_temporary");
    }

    private void runLimited(Prepared prepared) {
        try {
            places.acquire();
            try {
                runNow(prepared);
            } finally {
                places.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the turn was interrupted and has its results
        } catch (CancellationException e) {
            // The turn has seen it too.
        }
    }

    private void runNow(Prepared prepared) throws InterruptedException {
        ToolRequest call = prepared.call;
        long started = System.nanoTime();
        ToolOutcome outcome;
        try {
            outcome =
                    prepared.context.hasSamePaths()
                            ? prepared.tool.run(call, prepared.context)
                            : ToolOutcome.failed(MOVED);
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) { // patterns and texts can nest deeply
            LOG.log(Logger.Level.WARNING, "The tool " + call.name() + " failed", e);
            outcome = ToolOutcome.failed("The tool failed with an internal error.");
        }
        context.cancel().check();
        finish(call.id(), outcome, "accept", prepared.source);
        ObjectNode result =
                Json.object().put("duration_ms", (System.nanoTime() - started) / 1_000_000);
        result.set("tool_response", outcome.structured());
        HookVerdict hook = hooks.afterTool(call, result, context.cancel());
        addContext(hook);
        if (hook.block() != null) {
            output.emit(messages.synthetic(hook.block()));
        }
    }

    private void addContext(HookVerdict hook) {
        hook.notices().forEach(n -> output.emit(messages.informational(n, "warning")));
        hook.context().forEach(text -> output.emit(messages.synthetic(text)));
        synchronized (this) {
            if (hook.stop() != null && stop == null) {
                stop = hook.stop();
            }
        }
    }

    private void refuse(String id, String text) {
        finish(id, ToolOutcome.refused(text), null, null);
    }

    private void deny(ToolRequest call, String text, String source) {
        addDenial(call);
        finish(call.id(), ToolOutcome.failed(text), "reject", source);
    }

    private void addDenial(ToolRequest call) {
        synchronized (denials) {
            denials.addObject()
                    .put("tool_name", call.name())
                    .put("tool_use_id", call.id())
                    .set("tool_input", call.input());
        }
    }

    /// Emits the result of a call, unless it already has one.
    private void finish(
            String id, ToolOutcome outcome, @Nullable String decision, @Nullable String source) {
        synchronized (this) {
            if (!answered.add(id)) {
                return;
            }
        }
        List<Message> batch = new ArrayList<>();
        batch.add(ToolMessages.result(messages, id, outcome, decision, source));
        if (outcome instanceof ToolOutcome.Ok ok) {
            ok.reminders().forEach(text -> batch.add(messages.synthetic(text)));
        }
        output.emit(batch);
    }
}
