package dev.oriel.agent.api.context;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.history.ConversationHistory;
import dev.oriel.agent.api.model.ModelInfo;
import dev.oriel.agent.api.turn.ContextLimit;
import dev.oriel.agent.api.turn.TurnEngine.Pause;
import dev.oriel.agent.api.turn.TurnMessages;
import dev.oriel.agent.api.turn.TurnSettings;
import dev.oriel.agent.api.wire.ApiException;
import dev.oriel.agent.api.wire.ApiRequest;
import dev.oriel.agent.api.wire.MessagesApi;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.SystemSubtype;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Replaces older messages of a conversation by a summary that the model itself writes. Used by the
/// thread of one turn.
///
/// The summary is emitted, so that a resumed conversation begins with it. The last turns stay as
/// they are if they are short. If there is no summary to be had, old results of tools are left out
/// instead; that is not journaled, and happens again after a resume.
public final class Compaction implements ContextLimit {
    /// Size of the turns that stay as they are, in tokens.
    static final int KEPT = 10_000;

    /// Room for an answer, in tokens.
    private static final int RESERVE = 4_000;

    private static final int ATTEMPTS = 3;
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /// What must be added after a summary until there is another one, as a part of the window: a
    /// conversation whose last message alone is too long must not be summarized again and again.
    private static final double GROWTH = 0.05;

    /// What must be saved for the conversation to go on without a summary, as a part of the window.
    private static final double WORTHWHILE = 0.05;

    private static final String KEPT_PLACE = "{kept}";
    private static final String WISH_PLACE = "{wish}";
    private static final String INSTRUCTION =
            """
            <system-reminder>
            The conversation is about to exceed what you can keep in mind. Write a summary with \
            which you can continue the work without having seen the conversation; everything before \
            it will be gone{kept}. Call no tools. Write into <summary> tags, with these parts:

            1. The user: what they asked for, in all its points, and in their words where these \
            matter. Corrections and preferences they expressed. What they forbade.
            2. State of the work: what is finished, what was under way at this moment and what its \
            next step is, what is still to do.
            3. Files: the path of each file that was read or changed and matters further on, what is \
            in it, what was changed, with the lines of code that are needed.
            4. Facts that were found out: commands that work, causes of errors, decisions with their \
            reasons, dead ends.
            5. Open questions.

            Be exact with names, paths and numbers. Copy no secrets.{wish}
            </system-reminder>\
            """;

    private static final String BEGINNING =
            """
            <system-reminder>
            The earlier part of this conversation was replaced by a summary that you wrote yourself, \
            because it had become too long. Continue where it ends, without asking the user again and \
            without mentioning the summary.
            </system-reminder>

            """;

    private final ConversationHistory history;
    private final MessagesApi api;
    private final TurnMessages messages;
    private final Consumer<List<Message>> emit;
    private final BiConsumer<ModelInfo, JsonNode> spent;
    private final Pause pause;
    private int usedAfter = -1;

    /// @param history its monitor guards it
    /// @param emit emits messages together, and appends them to the history
    /// @param spent counts the `usage` of a request
    public Compaction(
            ConversationHistory history,
            MessagesApi api,
            TurnMessages messages,
            Consumer<List<Message>> emit,
            BiConsumer<ModelInfo, JsonNode> spent,
            Pause pause) {
        this.history = history;
        this.api = api;
        this.messages = messages;
        this.emit = emit;
        this.spent = spent;
        this.pause = pause;
    }

    @Override
    public boolean isReached(TurnSettings settings) {
        int used = used(settings);
        int grown = (int) (settings.model().contextWindow() * GROWTH);
        return used >= ContextBudget.threshold(settings)
                && (usedAfter < 0 || used >= usedAfter + grown);
    }

    private int used(TurnSettings settings) {
        synchronized (history) {
            return ContextBudget.used(settings, history);
        }
    }

    @Override
    public boolean compact(TurnSettings settings, CancelScope cancel) throws InterruptedException {
        return compact(settings, cancel, "auto", "");
    }

    @Override
    public boolean compactNow(TurnSettings settings, CancelScope cancel, String instruction)
            throws InterruptedException {
        return compact(settings, cancel, "manual", instruction);
    }

    private boolean compact(
            TurnSettings settings, CancelScope cancel, String trigger, String instruction)
            throws InterruptedException {
        int before = used(settings);
        long started = System.nanoTime();
        emit.accept(List.of(messages.status("compacting")));
        List<String> kept;
        int keptTokens;
        synchronized (history) {
            // After the user's command everything is in the summary, also the command.
            kept = trigger.equals("auto") ? history.lastTurns(KEPT) : List.of();
            keptTokens = history.tokensOf(kept);
        }
        String summary;
        try {
            summary = summarize(settings, cancel, !kept.isEmpty(), instruction);
        } catch (CancellationException e) {
            emit.accept(List.of(ended(false)));
            throw e;
        } catch (ApiException e) {
            emit.accept(List.of(ended(false)));
            return onFailure(settings, trigger, text(e));
        }
        if (summary.isBlank()) {
            emit.accept(List.of(ended(false)));
            return onFailure(settings, trigger, "The model wrote no summary.");
        }
        ObjectNode user = messages.userText(BEGINNING + summary);
        user.put("isSynthetic", true).put("isCompactSummary", true);
        long millis = Duration.ofNanos(System.nanoTime() - started).toMillis();
        int after =
                ContextBudget.tokens(BEGINNING.length() + summary.length())
                        + keptTokens
                        + ContextBudget.fixed(settings);
        // Together: a boundary without its summary would lose the conversation.
        emit.accept(
                List.of(
                        ended(true),
                        boundary(trigger, before, after, millis, kept),
                        Message.of(user)));
        usedAfter = used(settings);
        return true;
    }

    private Message ended(boolean isSuccess) {
        ObjectNode status = messages.system(SystemSubtype.STATUS).putNull("status");
        return Message.of(status.put("compact_result", isSuccess ? "success" : "failed"));
    }

    private Message boundary(
            String trigger, int before, int after, long millis, List<String> kept) {
        ObjectNode line = messages.system(SystemSubtype.COMPACT_BOUNDARY);
        ObjectNode metadata =
                line.putObject("compact_metadata")
                        .put("trigger", trigger)
                        .put("pre_tokens", before)
                        .put("post_tokens", after)
                        .put("duration_ms", millis);
        if (!kept.isEmpty()) {
            ArrayNode uuids = metadata.putObject("preserved_messages").putArray("uuids");
            kept.forEach(uuids::add);
        }
        return Message.of(line);
    }

    private boolean onFailure(TurnSettings settings, String trigger, String reason) {
        int saved = 0;
        if (trigger.equals("auto")) {
            synchronized (history) {
                saved = history.dropOldResults(KEPT);
            }
        }
        int window = settings.model().contextWindow();
        int used = used(settings);
        usedAfter = used;
        boolean isShorter = saved > window * WORTHWHILE;
        // The limit is reached before the window is full: there can be room for an answer.
        boolean goesOn = isShorter || (trigger.equals("auto") && used + RESERVE < window);
        String text =
                "The conversation could not be summarized: "
                        + reason
                        + (isShorter ? " Old results of tools were left out instead." : "");
        emit.accept(List.of(messages.informational(text, "warning")));
        return goesOn;
    }

    private String summarize(
            TurnSettings settings, CancelScope cancel, boolean keepsSome, String instruction)
            throws ApiException, InterruptedException {
        String wish = instruction.isBlank() ? "" : "\n\nThe user adds: " + instruction.strip();
        String text =
                INSTRUCTION
                        .replace(KEPT_PLACE, keepsSome ? ", except for the last messages" : "")
                        .replace(WISH_PLACE, wish);
        int most = Integer.MAX_VALUE;
        boolean forbidsTools = false;
        for (int attempt = 1; ; attempt++) {
            cancel.check();
            try {
                SummaryListener answer = request(settings, cancel, text, most, forbidsTools);
                if (answer.summary().isBlank() && attempt < ATTEMPTS) {
                    forbidsTools = true; // it called a tool instead
                    continue;
                }
                return answer.summary();
            } catch (ApiException e) {
                if (attempt >= ATTEMPTS) {
                    throw e;
                }
                if (isTooLong(e)) {
                    most = Math.min(most, used(settings)) / 2; // the last part is better than none
                } else if (isTransient(e)) {
                    Duration asked = e.retryAfter();
                    pause.await(asked == null ? PAUSE.multipliedBy(attempt) : asked, cancel);
                } else {
                    throw e;
                }
            }
        }
    }

    private SummaryListener request(
            TurnSettings settings,
            CancelScope cancel,
            String instruction,
            int maxTokens,
            boolean forbidsTools)
            throws ApiException {
        List<byte[]> all;
        synchronized (history) {
            all = history.messagesWith(instruction, maxTokens);
        }
        ObjectNode choice = forbidsTools ? Json.object().put("type", "none") : null;
        SummaryListener answer = new SummaryListener();
        api.stream(
                new ApiRequest(
                        settings.model().id(),
                        settings.maxTokens(),
                        settings.system(),
                        tools(settings),
                        all,
                        settings.thinking(),
                        settings.effort(),
                        choice),
                cancel,
                answer);
        spent.accept(settings.model(), answer.usage());
        if (!answer.isComplete()) {
            throw new ApiException(
                    ApiException.Kind.CONNECTION,
                    0,
                    "",
                    "The connection to the server was lost.",
                    null,
                    null);
        }
        return answer;
    }

    /// The same as in other requests, so that the API reads them from its cache.
    private static List<ObjectNode> tools(TurnSettings settings) {
        List<ObjectNode> tools = new ArrayList<>(settings.tools().definitions());
        if (!tools.isEmpty()) {
            ObjectNode last = tools.removeLast().deepCopy();
            last.putObject("cache_control").put("type", "ephemeral");
            tools.add(last);
        }
        return tools;
    }

    private static String text(ApiException e) {
        return Objects.requireNonNullElse(e.getMessage(), "The request failed.");
    }

    private static boolean isTooLong(ApiException e) {
        String text = text(e).toLowerCase(Locale.ROOT);
        boolean isNamed =
                text.contains("too long") || text.contains("exceed") || text.contains("context");
        return e.status() == 413 || (e.status() == 400 && isNamed);
    }

    private static boolean isTransient(ApiException e) {
        return switch (e.kind()) {
            case CONNECTION, STALLED -> true;
            case TLS, MALFORMED -> false;
            case STATUS ->
                    e.status() == 408
                            || e.status() == 429
                            || e.status() >= 500
                            || e.errorType().equals("overloaded_error");
        };
    }
}
