package dev.oriel.agent.api.hook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.ClientRequestHandler;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs the hooks of the settings, those of one event at the same time. Thread-safe.
///
/// Around each hook `system/hook_started` and `system/hook_response` are emitted.
public final class HookEngine implements Hooks {
    private static final int MAX_SHOWN = 10_000;

    private final Place place;
    private final Consumer<ObjectNode> emit;
    private final ClientHooks clients;
    private @Nullable HookSettings settings; // guarded by this
    private List<String> notices = List.of(); // guarded by this
    private volatile String promptId = UUID.randomUUID().toString();

    /// Where hooks run.
    ///
    /// @param session the agent's id of the conversation
    /// @param folder the session's folder
    /// @param home the user's home folder
    /// @param isTrusted whether the folder's own hooks run
    /// @param mode the permission mode at the moment
    /// @param effort the effort level at the moment; null for the default
    /// @param clients the session's clients, which can have hooks too
    public record Place(
            UUID session,
            Path folder,
            Path home,
            boolean isTrusted,
            Supplier<String> mode,
            Supplier<@Nullable String> effort,
            ClientRequestHandler clients) {}

    /// @param emit emits a message; the members `session_id` and `uuid` are added
    public HookEngine(Place place, Consumer<ObjectNode> emit) {
        this.place = place;
        this.emit = emit;
        this.clients = new ClientHooks(place.clients());
    }

    @Override
    public HookVerdict onPrompt(String prompt, CancelScope cancel) {
        promptId = UUID.randomUUID().toString();
        return run("UserPromptSubmit", "", input("UserPromptSubmit").put("prompt", prompt), cancel);
    }

    @Override
    public HookVerdict beforeTool(ToolRequest call, CancelScope cancel) {
        return run("PreToolUse", call.name(), inputOf("PreToolUse", call), cancel);
    }

    @Override
    public HookVerdict afterTool(ToolRequest call, ObjectNode result, CancelScope cancel) {
        ObjectNode input = inputOf("PostToolUse", call);
        input.setAll(result);
        return run("PostToolUse", call.name(), input, cancel);
    }

    @Override
    public HookVerdict onStop(String lastText, boolean isActive, CancelScope cancel) {
        ObjectNode input = input("Stop").put("stop_hook_active", isActive);
        input.put("last_assistant_message", lastText);
        input.putArray("background_tasks");
        input.putArray("session_crons");
        return run("Stop", "", input, cancel);
    }

    @Override
    public Hooks ofSubagent(String id, String type) {
        return new OfSubagent(id, type);
    }

    private ObjectNode input(String event) {
        ObjectNode input =
                Json.object()
                        .put("session_id", place.session().toString())
                        // There is no file with the conversation.
                        .put("transcript_path", "")
                        .put("cwd", place.folder().toString())
                        .put("prompt_id", promptId)
                        .put("permission_mode", place.mode().get())
                        .put("hook_event_name", event);
        String effort = place.effort().get();
        if (effort != null) {
            input.putObject("effort").put("level", effort);
        }
        return input;
    }

    private ObjectNode inputOf(String event, ToolRequest call) {
        ObjectNode input = input(event).put("tool_name", call.name());
        input.set("tool_input", call.input());
        return input.put("tool_use_id", call.id());
    }

    private HookVerdict run(String event, String tool, ObjectNode input, CancelScope cancel) {
        List<HookCommand> all = new ArrayList<>(settings().hooks());
        all.addAll(clients.of(event));
        List<HookCommand> due =
                List.copyOf(
                        new LinkedHashSet<>(
                                all.stream()
                                        .filter(h -> h.event().equals(event) && h.matches(tool))
                                        .toList()));
        List<HookVerdict> verdicts = new ArrayList<>();
        List<String> news = takeNotices();
        if (!news.isEmpty()) {
            verdicts.add(new HookVerdict(null, false, false, null, List.of(), null, news));
        }
        if (!due.isEmpty()) {
            cancel.check();
            String name = tool.isEmpty() ? event : event + ":" + tool;
            verdicts.addAll(runAll(due, name, input, cancel));
        }
        return verdicts.isEmpty() ? HookVerdict.NONE : HookOutput.combine(verdicts);
    }

    private synchronized HookSettings settings() {
        HookSettings known = settings;
        if (known == null) {
            known = HookSettings.read(place.folder(), place.home(), place.isTrusted());
            settings = known;
            notices = known.notices();
        }
        return known;
    }

    private synchronized List<String> takeNotices() {
        List<String> taken = notices;
        notices = List.of();
        return taken;
    }

    private List<HookVerdict> runAll(
            List<HookCommand> hooks, String name, ObjectNode input, CancelScope cancel) {
        byte[] json = Json.encode(input);
        List<FutureTask<HookVerdict>> running = new ArrayList<>();
        for (HookCommand hook : hooks) {
            FutureTask<HookVerdict> task =
                    new FutureTask<>(() ->
                            hook.callback() == null
                                    ? run(hook, name, json, cancel)
                                    : clients.run(hook, name, input, cancel));
            running.add(task);
            Thread.ofVirtual().name("oriel-hook").start(task);
        }
        List<HookVerdict> verdicts = new ArrayList<>();
        boolean isCancelled = false;
        boolean wasInterrupted = false;
        for (FutureTask<HookVerdict> task : running) {
            try {
                verdicts.add(task.get());
            } catch (InterruptedException _) {
                isCancelled = true;
                running.forEach(t -> t.cancel(true)); // ends its process
                wasInterrupted = true;
            } catch (CancellationException _) {
                isCancelled = true;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof CancellationException)) {
                    throw new IllegalStateException("a hook cannot be run", e.getCause());
                }
                isCancelled = true;
            }
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
        if (isCancelled) {
            throw new CancellationException();
        }
        return verdicts;
    }

    private HookVerdict run(HookCommand hook, String name, byte[] input, CancelScope cancel)
            throws InterruptedException {
        String id = UUID.randomUUID().toString();
        emit.accept(message("hook_started", id, name, hook));
        try {
            HookProcess.Result result = HookProcess.run(hook, input, place.folder(), cancel);
            boolean isSuccess = !result.isTimedOut() && result.exitCode() == 0;
            respond(id, name, hook, result, isSuccess ? "success" : "error");
            return HookOutput.read(hook, name, result);
        } catch (CancellationException | InterruptedException e) {
            respond(id, name, hook, new HookProcess.Result(-1, "", "", false), "cancelled");
            throw e;
        } catch (IOException _) {
            HookProcess.Result failed =
                    new HookProcess.Result(127, "", "The command cannot be started.", false);
            respond(id, name, hook, failed, "error");
            return HookOutput.read(hook, name, failed);
        }
    }

    private void respond(
            String id, String name, HookCommand hook, HookProcess.Result result, String outcome) {
        String stdout = shown(result.stdout());
        String stderr = shown(result.stderr());
        emit.accept(
                message("hook_response", id, name, hook)
                        .put("output", stdout + stderr)
                        .put("stdout", stdout)
                        .put("stderr", stderr)
                        .put("exit_code", result.exitCode())
                        .put("outcome", outcome));
    }

    private static String shown(String output) {
        return output.length() <= MAX_SHOWN ? output : output.substring(0, MAX_SHOWN) + "\n[cut]";
    }

    private static ObjectNode message(String subtype, String id, String name, HookCommand hook) {
        return Json.object()
                .put("type", "system")
                .put("subtype", subtype)
                .put("hook_id", id)
                .put("hook_name", name)
                .put("hook_event", hook.event());
    }

    /// The hooks around a subagent.
    private final class OfSubagent implements Hooks {
        private final String id;
        private final String type;

        OfSubagent(String id, String type) {
            this.id = id;
            this.type = type;
        }

        private ObjectNode named(ObjectNode input) {
            return input.put("agent_id", id).put("agent_type", type);
        }

        @Override
        public HookVerdict onPrompt(String prompt, CancelScope cancel) {
            return HookVerdict.NONE; // the model has written it
        }

        @Override
        public HookVerdict beforeTool(ToolRequest call, CancelScope cancel) {
            return run("PreToolUse", call.name(), named(inputOf("PreToolUse", call)), cancel);
        }

        @Override
        public HookVerdict afterTool(ToolRequest call, ObjectNode result, CancelScope cancel) {
            ObjectNode input = named(inputOf("PostToolUse", call));
            input.setAll(result);
            return run("PostToolUse", call.name(), input, cancel);
        }

        @Override
        public HookVerdict onStop(String lastText, boolean isActive, CancelScope cancel) {
            ObjectNode input = named(input("SubagentStop")).put("stop_hook_active", isActive);
            return run("SubagentStop", "", input.put("last_assistant_message", lastText), cancel);
        }
    }
}
