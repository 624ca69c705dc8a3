package dev.oriel.agent.api.turn;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.history.History;
import dev.oriel.agent.api.hook.Hooks;
import dev.oriel.agent.api.hook.Hooks.HookVerdict;
import dev.oriel.agent.api.permission.Permissions;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.wire.ApiException;
import dev.oriel.agent.api.wire.MessagesApi;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Runs one turn on the caller's thread: requests an answer, runs its tool calls, and repeats both
/// until the model is done, an error ends the turn, or the user interrupts it.
///
/// Emits everything but `system/init` and `result`. What the model is told is always emitted first,
/// so that the journal alone can resume the conversation.
public final class TurnEngine {
    /// More requests than a turn can need; ends a model that never stops.
    static final int MAX_REQUESTS = 500;

    private static final int MAX_CONTINUATIONS = 3;
    private static final int MAX_PAUSES = 10;
    private static final int MAX_STOP_HOOKS = 8;
    private static final String INTERRUPTED = "[Request interrupted by user]";
    static final String INTERRUPTED_TOOLS = "[Request interrupted by user for tool use]";
    private static final String CONTINUE =
            "The response reached the limit of its length. Continue exactly where it stopped,"
                    + " without repeating anything. If a tool call was cut off, make it smaller.";
    private static final String CONTINUE_CUT =
            "The connection was lost and the end of the response is missing. Continue exactly where"
                    + " it stopped, without repeating anything.";
    private static final String NOTHING_VISIBLE =
            "[Your last response has no text. Continue, and write a response for the user.]";
    private static final String RECONSIDER =
            "The last response was declined. If part of the request can be helped with, do that"
                    + " part and say what was left out.";

    private final Parts parts;
    private final CancelScope cancel;
    private final ToolContext context;
    private final ArrayNode denials;
    private final RepeatedCalls repeated = new RepeatedCalls();
    private final AnswerRequests requests;
    private int steps;
    private int continuations;
    private int pauses;
    private int stopHooks;
    private boolean isCompacted;
    private boolean isNudged;
    private boolean isReconsidered;
    private boolean inTools;
    private boolean isToldOfInterrupt;
    private String lastText = "";

    /// What a turn works with.
    ///
    /// @param streams whether to emit a `stream_event` for each event
    public record Parts(
            TurnMessages messages,
            TurnOutput output,
            History history,
            MessagesApi api,
            SettingsSource settings,
            TurnUsage usage,
            Permissions permissions,
            Hooks hooks,
            ContextLimit limit,
            Pause pause,
            boolean streams) {}

    /// Determines the settings of the next request. May ask the server for its models.
    @FunctionalInterface
    public interface SettingsSource {
        /// @throws ApiException if no model is known
        /// @throws CancellationException if the scope is cancelled
        TurnSettings get(CancelScope cancel) throws ApiException;
    }

    /// Waits between two attempts.
    @FunctionalInterface
    public interface Pause {
        /// @throws CancellationException if the scope is cancelled
        void await(Duration duration, CancelScope cancel) throws InterruptedException;

        /// Waits in real time.
        static void real(Duration duration, CancelScope cancel) throws InterruptedException {
            CountDownLatch cancelled = new CountDownLatch(1);
            try (CancelScope.Registration _ = cancel.onCancel(cancelled::countDown)) {
                if (cancelled.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
                    throw new CancellationException();
                }
            }
        }
    }

    /// @param context its scope is cancelled to interrupt the turn
    public TurnEngine(Parts parts, ToolContext context) {
        this.parts = parts;
        this.context = context;
        this.cancel = context.cancel();
        this.requests = new AnswerRequests(parts, cancel, this::tellOfInterrupt);
        this.denials = Json.mapper().createArrayNode();
    }

    /// Runs the turn. The prompt is already part of the conversation.
    public TurnOutcome run() throws InterruptedException {
        try {
            while (true) {
                TurnOutcome end = step();
                if (end != null) {
                    return end;
                }
            }
        } catch (CancellationException e) {
            return interrupted();
        } catch (InterruptedException e) {
            if (!cancel.isCancelled()) {
                throw e;
            }
            return interrupted(); // what was running did not end by itself
        }
    }

    private TurnOutcome interrupted() {
        tellOfInterrupt();
        return new TurnOutcome.Interrupted(inTools);
    }

    /// Tells the model once that the user has interrupted the turn.
    private void tellOfInterrupt() {
        if (!isToldOfInterrupt) {
            isToldOfInterrupt = true;
            parts.output.emit(
                    Message.of(parts.messages.userText(inTools ? INTERRUPTED_TOOLS : INTERRUPTED)));
        }
    }

    /// The denied calls, `permission_denials`.
    public ArrayNode denials() {
        return denials;
    }

    public int requests() {
        return steps;
    }

    /// The time that was spent waiting for the API.
    public Duration apiTime() {
        return requests.apiTime();
    }

    /// Milliseconds to the first event of the first response; negative if there was none.
    public long firstToken() {
        return requests.firstToken();
    }

    /// One request and its tool calls.
    ///
    /// @return null to go on
    private @Nullable TurnOutcome step() throws InterruptedException {
        if (++steps > MAX_REQUESTS) {
            return new TurnOutcome.Failed(
                    "The turn was ended after " + MAX_REQUESTS + " requests.",
                    "max_turns",
                    0,
                    null);
        }
        inTools = false;
        cancel.check();
        TurnSettings settings;
        try {
            settings = parts.settings.get(cancel);
        } catch (ApiException e) {
            return report(e);
        }
        if (parts.limit.isReached(settings) && !parts.limit.compact(settings, cancel)) {
            return new TurnOutcome.Failed(
                    "The conversation is too long for the model, and could not be summarized.",
                    "prompt_too_long",
                    0,
                    null);
        }
        ModelAnswer answer;
        try {
            answer = requests.send(settings);
        } catch (ApiException e) {
            return onFailure(settings, e);
        }
        if (!answer.text().isEmpty()) {
            lastText = answer.text();
        }
        if (!answer.calls().isEmpty()) {
            return runTools(settings, answer);
        }
        String reason = answer.stopReason() == null ? "cut" : answer.stopReason();
        return switch (reason) {
            case "cut" ->
                    proceed(
                            CONTINUE_CUT,
                            "The connection to the server was lost.",
                            ApiErrors.SERVER);
            case "max_tokens", "model_context_window_exceeded" ->
                    proceed(
                            CONTINUE,
                            "The response is longer than the model can write.",
                            ApiErrors.TOO_LONG_ANSWER);
            case "pause_turn" -> onPause();
            case "refusal" -> onRefusal();
            default -> answer.isVisible() || isNudged ? onEnd(reason) : nudge();
        };
    }

    private @Nullable TurnOutcome runTools(TurnSettings settings, ModelAnswer answer)
            throws InterruptedException {
        inTools = true;
        continuations = 0;
        ToolRunner runner =
                new ToolRunner(
                        settings.tools(),
                        parts.permissions,
                        parts.hooks,
                        parts.messages,
                        parts.output,
                        context,
                        denials);
        String stop = runner.run(answer.calls());
        if (stop != null) {
            return new TurnOutcome.Completed(stop, "stop_hook");
        }
        switch (repeated.add(answer.calls())) {
            case REMIND ->
                    parts.output.emit(
                            parts.messages.synthetic(
                                    "The same tool call was made several times in a row. Use its"
                                            + " result, or try something else."));
            case END -> {
                return fail(
                        "The model repeated the same tool call without end.", ApiErrors.UNKNOWN);
            }
            case GO_ON -> {
                // As usual.
            }
        }
        takePrompts();
        return null;
    }

    /// Prompts that were sent during the turn follow the results of the tools.
    private void takePrompts() {
        for (Message prompt : parts.output.takePrompts()) {
            synchronized (parts.history) {
                parts.history.append(prompt);
            }
        }
    }

    private @Nullable TurnOutcome proceed(String instruction, String problem, String error) {
        if (++continuations > MAX_CONTINUATIONS) {
            return fail(problem, error);
        }
        parts.output.emit(parts.messages.synthetic(instruction));
        return null;
    }

    private @Nullable TurnOutcome nudge() {
        isNudged = true;
        parts.output.emit(parts.messages.synthetic(NOTHING_VISIBLE));
        return null;
    }

    private @Nullable TurnOutcome onPause() {
        // The API continues when it gets its own answer back.
        return ++pauses > MAX_PAUSES
                ? fail("The server paused the response too often.", ApiErrors.UNKNOWN)
                : null;
    }

    private @Nullable TurnOutcome onRefusal() {
        if (isReconsidered) {
            return fail("The model declined to answer.", ApiErrors.UNKNOWN);
        }
        isReconsidered = true;
        parts.output.emit(
                parts.messages.informational(
                        "The model declined to answer, and was asked once more.", "warning"));
        parts.output.emit(parts.messages.synthetic(RECONSIDER));
        return null;
    }

    private @Nullable TurnOutcome onEnd(String reason) {
        HookVerdict hook = parts.hooks.onStop(lastText, stopHooks > 0, cancel);
        hook.notices().forEach(n -> parts.output.emit(parts.messages.informational(n, "warning")));
        if (hook.stop() == null && hook.block() != null && ++stopHooks <= MAX_STOP_HOOKS) {
            parts.output.emit(parts.messages.synthetic(hook.block()));
            return null;
        }
        return new TurnOutcome.Completed(lastText, reason);
    }

    private @Nullable TurnOutcome onFailure(TurnSettings settings, ApiException e)
            throws InterruptedException {
        if (ApiErrors.isTooLong(e) && !isCompacted) {
            isCompacted = true;
            if (parts.limit.compact(settings, cancel)) {
                return null;
            }
        }
        return report(e);
    }

    private TurnOutcome report(ApiException e) {
        String text = e.getMessage();
        parts.output.emit(parts.messages.apiError(text, ApiErrors.name(e), e.status()));
        String reason =
                ApiErrors.isTooLong(e)
                        ? "prompt_too_long"
                        : ApiErrors.isImage(e) ? "image_error" : "api_error";
        return new TurnOutcome.Failed(text, reason, e.status(), "stop_sequence");
    }

    /// @param error the CLI's name of the error
    private TurnOutcome fail(String text, String error) {
        parts.output.emit(parts.messages.apiError(text, error, 0));
        return new TurnOutcome.Failed(text, "api_error", 0, "stop_sequence");
    }
}
