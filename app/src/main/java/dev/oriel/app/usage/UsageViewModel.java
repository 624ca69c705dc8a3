package dev.oriel.app.usage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.fx.Scheduler;
import dev.oriel.app.session.OpenSession;
import dev.oriel.client.ClientException;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Json;
import dev.oriel.platform.FutureFailures;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// What the panel about usage shows: the context and what it holds, costs, and the user's plan. It
/// asks when it is opened, and then only on request. Belongs to the JavaFX thread.
public final class UsageViewModel {
    private static final String CONTEXT = "get_context_usage";

    private final Supplier<@Nullable OpenSession> session;
    private final ObservableValue<ContextUse> context;
    private final ReadOnlyObjectWrapper<PlanUsage> plan;
    private final ObservableValue<Double> sessionCost;
    private final Function<Instant, CompletableFuture<Double>> costSince;
    private final Consumer<String> errors;
    private final Scheduler scheduler;
    private final Clock clock;
    private final ReadOnlyObjectWrapper<Answer<ContextBreakdown>> breakdown =
            new ReadOnlyObjectWrapper<>(new Answer.Unasked<>());
    private final ReadOnlyObjectWrapper<Answer<Double>> today =
            new ReadOnlyObjectWrapper<>(new Answer.Unasked<>());

    /// @param session the open session; null on the page of a new one
    /// @param context of the open session
    /// @param plan what is known of the user's plan; the replies of the agent are added to it
    /// @param sessionCost what the open session has cost, US dollars
    /// @param costSince asks the server what all sessions have cost since a moment
    /// @param errors receives sentences for the user
    public UsageViewModel(
            Supplier<@Nullable OpenSession> session,
            ObservableValue<ContextUse> context,
            ReadOnlyObjectWrapper<PlanUsage> plan,
            ObservableValue<Double> sessionCost,
            Function<Instant, CompletableFuture<Double>> costSince,
            Consumer<String> errors,
            Scheduler scheduler,
            Clock clock) {
        this.session = session;
        this.context = context;
        this.plan = plan;
        this.sessionCost = sessionCost;
        this.costSince = costSince;
        this.errors = errors;
        this.scheduler = scheduler;
        this.clock = clock;
    }

    /// Asks for everything that needs no request of the agent to the API.
    public void load() {
        askContext(Json.object().put("subtype", CONTEXT).put("mode", "summary"), false);
        askPlan();
        Instant midnight = LocalDate.now(clock).atStartOfDay(clock.getZone()).toInstant();
        today.set(new Answer.Pending<>());
        costSince
                .apply(midnight)
                .whenComplete((cost, failure) -> onFx(() -> today.set(answer(cost, failure))));
    }

    /// Has the API count the tokens of each part.
    public void count() {
        askContext(Json.object().put("subtype", CONTEXT).put("mode", "full"), true);
    }

    /// Starts the agent, if none is running, and asks again.
    public void startAgent() {
        OpenSession open = session.get();
        if (open == null) {
            return;
        }
        breakdown.set(new Answer.Pending<>());
        open.sendControl(Json.object().put("subtype", ControlSubtype.INITIALIZE))
                .whenComplete((_, failure) ->
                        ifStillOpen(
                                open,
                                () -> {
                                    if (failure == null) {
                                        load();
                                    } else {
                                        breakdown.set(answer(null, failure));
                                    }
                                }));
    }

    /// Asks Claude to replace the conversation in its context by a summary; during a turn it is
    /// done after it.
    public void compact() {
        OpenSession open = session.get();
        if (open != null) {
            open.send("/compact")
                    .whenComplete((_, failure) -> {
                        if (failure != null) {
                            onFx(() -> errors.accept(FutureFailures.message(failure)));
                        }
                    });
        }
    }

    private void askContext(ObjectNode request, boolean counted) {
        OpenSession open = session.get();
        if (open == null) {
            breakdown.set(new Answer.Unasked<>());
            return;
        }
        breakdown.set(new Answer.Pending<>());
        open.sendControl(request)
                .whenComplete((reply, failure) ->
                        ifStillOpen(
                                open,
                                () ->
                                        breakdown.set(
                                                answer(
                                                        reply == null
                                                                ? null
                                                                : ContextBreakdown.from(
                                                                        reply, counted),
                                                        failure))));
    }

    private void askPlan() {
        OpenSession open = session.get();
        if (open == null) {
            return;
        }
        ObjectNode request = Json.object().put("subtype", "get_usage").put("skip_behaviors", true);
        open.sendControl(request)
                .thenAccept(
                        reply -> ifStillOpen(open, () -> plan.set(plan.get().withReply(reply))));
    }

    private void ifStillOpen(OpenSession asked, Runnable change) {
        onFx(() -> {
            if (asked.equals(session.get())) {
                change.run();
            }
        });
    }

    private void onFx(Runnable change) {
        scheduler.schedule(Duration.ZERO, change);
    }

    private static <T> Answer<T> answer(@Nullable T value, @Nullable Throwable failure) {
        if (value != null) {
            return new Answer.Given<>(value);
        }
        Throwable cause = failure == null ? null : FutureFailures.unwrap(failure);
        String why = cause == null ? null : cause.getMessage();
        boolean noAgent = cause instanceof ClientException e && ErrorCode.NO_AGENT.equals(e.code());
        return new Answer.Refused<>(why == null ? "There was no answer." : why, noAgent);
    }

    /// How much of the open session's context is used: after the last answer, or else as the agent
    /// estimates it with [#breakdown()], for example after a rewind.
    public ContextUse context() {
        ContextUse known = context.getValue();
        return !known.isKnown()
                        && breakdown.get() instanceof Answer.Given<ContextBreakdown>(var given)
                ? new ContextUse(given.total(), given.window())
                : known;
    }

    /// Calls a listener now and after each change of what [#context()] returns.
    Subscription onContext(Consumer<ContextUse> listener) {
        return Subscription.combine(
                context.subscribe(_ -> listener.accept(context())),
                breakdown.subscribe(_ -> listener.accept(context())));
    }

    /// What the context holds.
    public ReadOnlyObjectProperty<Answer<ContextBreakdown>> breakdown() {
        return breakdown.getReadOnlyProperty();
    }

    /// What is known of the user's plan.
    public ReadOnlyObjectProperty<PlanUsage> plan() {
        return plan.getReadOnlyProperty();
    }

    /// What the open session has cost, US dollars.
    public ObservableValue<Double> sessionCost() {
        return sessionCost;
    }

    /// What all sessions have cost today, US dollars.
    public ReadOnlyObjectProperty<Answer<Double>> today() {
        return today.getReadOnlyProperty();
    }

    /// Whether a session is open.
    public boolean hasSession() {
        return session.get() != null;
    }

    Clock clock() {
        return clock;
    }
}
