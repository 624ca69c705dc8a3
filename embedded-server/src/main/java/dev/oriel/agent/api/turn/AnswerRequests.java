package dev.oriel.agent.api.turn;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.wire.ApiException;
import dev.oriel.agent.api.wire.ApiRequest;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadLocalRandom;

/// Requests the answers of one turn. Confined to the thread of the turn.
final class AnswerRequests {
    private static final String ESTIMATED =
            "The server does not say how many tokens a response takes: they are estimated.";

    private final TurnEngine.Parts parts;
    private final CancelScope cancel;
    private final Runnable tellOfInterrupt;
    private long firstToken = -1;
    private Duration apiTime = Duration.ZERO;

    /// @param tellOfInterrupt tells the model that the user has interrupted the turn
    AnswerRequests(TurnEngine.Parts parts, CancelScope cancel, Runnable tellOfInterrupt) {
        this.parts = parts;
        this.cancel = cancel;
        this.tellOfInterrupt = tellOfInterrupt;
    }

    Duration apiTime() {
        return apiTime;
    }

    /// Milliseconds to the first event of the first answer; negative if there was none.
    long firstToken() {
        return firstToken;
    }

    /// Requests an answer, and repeats the request as [RetryPlan] says.
    ModelAnswer send(TurnSettings settings) throws ApiException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            cancel.check();
            parts.output().emit(parts.messages().status("requesting"));
            AnswerAssembler assembler =
                    new AnswerAssembler(parts.messages(), parts.output()::emit, parts.streams());
            long started = System.nanoTime();
            try {
                List<String> notices = parts.api().stream(build(settings), cancel, assembler);
                notices.forEach(
                        n -> parts.output().emit(parts.messages().informational(n, "info")));
                ModelAnswer answer = assembler.answer();
                if (answer.stopReason() == null && !assembler.hasContent()) {
                    throw new ApiException(
                            ApiException.Kind.CONNECTION,
                            0,
                            "",
                            "The server ended the response before it began.",
                            null,
                            null);
                }
                if (answer.stopReason() == null) {
                    assembler.cut(false);
                    assembler.close();
                }
                count(settings, assembler);
                return assembler.answer();
            } catch (CancellationException e) {
                interrupted(settings, assembler);
                throw e;
            } catch (ApiException e) {
                if (assembler.hasContent()) {
                    assembler.cut(false);
                    assembler.close();
                    count(settings, assembler);
                    return assembler.answer();
                }
                retry(e, attempt);
            } finally {
                apiTime = apiTime.plusNanos(System.nanoTime() - started);
                firstToken = firstToken < 0 ? assembler.firstToken() : firstToken;
            }
        }
    }

    private void interrupted(TurnSettings settings, AnswerAssembler assembler) {
        assembler.cut(true);
        for (ModelAnswer.Call call : assembler.answer().calls()) {
            ObjectNode result =
                    Json.object()
                            .put("tool_use_id", call.id())
                            .put("type", "tool_result")
                            .put("content", TurnEngine.INTERRUPTED_TOOLS)
                            .put("is_error", true);
            parts.output()
                    .emit(
                            Message.of(
                                    parts.messages()
                                            .user(result)
                                            .put(
                                                    "tool_use_result",
                                                    "Error: " + TurnEngine.INTERRUPTED_TOOLS)));
        }
        tellOfInterrupt.run();
        assembler.close();
        if (assembler.hasContent()) {
            count(settings, assembler);
        }
    }

    private void count(TurnSettings settings, AnswerAssembler assembler) {
        ModelAnswer answer = assembler.answer();
        ObjectNode usage = answer.usage();
        int conversation;
        synchronized (parts.history()) {
            conversation = parts.history().estimatedTokens();
            parts.history().onUsage(usage);
        }
        if (EstimatedUsage.isMissing(usage)) {
            usage = EstimatedUsage.of(settings, conversation, answer);
            if (parts.usage().isFirstEstimate()) {
                parts.output().emit(parts.messages().informational(ESTIMATED, "info"));
            }
        }
        parts.usage().add(settings.model(), usage);
    }

    private void retry(ApiException e, int attempt) throws ApiException, InterruptedException {
        Optional<Duration> delay =
                RetryPlan.delay(e, attempt, ThreadLocalRandom.current().nextDouble());
        if (delay.isEmpty()) {
            throw e;
        }
        parts.output()
                .emit(
                        parts.messages()
                                .retry(
                                        attempt,
                                        RetryPlan.maximum(e),
                                        delay.get(),
                                        e.status(),
                                        ApiErrors.name(e)));
        parts.pause().await(delay.get(), cancel);
    }

    private ApiRequest build(TurnSettings settings) {
        List<ObjectNode> tools = new ArrayList<>(settings.tools().definitions());
        if (!tools.isEmpty()) {
            ObjectNode last = tools.getLast().deepCopy();
            last.putObject("cache_control").put("type", "ephemeral");
            tools.set(tools.size() - 1, last);
        }
        List<byte[]> conversation;
        synchronized (parts.history()) { // tasks in the background append to it too
            conversation = parts.history().messages();
        }
        return new ApiRequest(
                settings.model().id(),
                settings.maxTokens(),
                settings.system(),
                tools,
                conversation,
                settings.thinking(),
                settings.effort(),
                null);
    }
}
