package dev.oriel.app.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.session.OpenSession;
import dev.oriel.client.ClientException;
import dev.oriel.client.compat.protocol.EffectSummary;
import dev.oriel.testing.client.FakeServerClient;
import dev.oriel.testing.client.OpenSessions;
import dev.oriel.testing.manual.ManualScheduler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UsageViewModelTest {
    private final ManualScheduler delay = new ManualScheduler();
    private final FakeServerClient client = new FakeServerClient();
    private final List<Instant> asked = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private final ReadOnlyObjectWrapper<PlanUsage> plan =
            new ReadOnlyObjectWrapper<>(PlanUsage.UNKNOWN);
    private CompletableFuture<Double> cost = CompletableFuture.completedFuture(1.5);
    private @Nullable OpenSession session;
    private final UsageViewModel usage =
            new UsageViewModel(
                    () -> session,
                    new ReadOnlyObjectWrapper<>(ContextUse.UNKNOWN),
                    plan,
                    new ReadOnlyObjectWrapper<>(0.0),
                    from -> {
                        asked.add(from);
                        return cost;
                    },
                    errors::add,
                    delay,
                    Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneId.of("Asia/Kolkata")));

    private static ObjectNode json(String text) {
        return (ObjectNode) EffectSummary.json(text);
    }

    private void open(String id) {
        session = OpenSessions.open(client, id);
    }

    @Test
    void theDayBeginsAtMidnightWhereTheUserIs() {
        usage.load();
        delay.advance(Duration.ZERO);
        assertThat(asked).containsExactly(Instant.parse("2026-02-28T18:30:00Z"));
        assertThat(usage.today().get()).isEqualTo(new Answer.Given<>(1.5));
        assertThat(client.calls()).isEmpty();
        assertThat(usage.breakdown().get()).isEqualTo(new Answer.Unasked<>());
    }

    @Test
    void withoutAnAnswerTheContextIsAsTheAgentEstimatesIt() {
        client.setControlReply(
                CompletableFuture.completedFuture(json("{'maxTokens':100,'totalTokens':9}")));
        open("s");
        assertThat(usage.context()).isEqualTo(ContextUse.UNKNOWN);
        List<ContextUse> shown = new ArrayList<>();
        usage.onContext(shown::add);
        usage.load();
        delay.advance(Duration.ZERO);
        assertThat(shown).last().isEqualTo(new ContextUse(9, 100));
    }

    @Test
    void openingAsksForTheSummaryOnlyAndCountingForEverything() {
        client.setControlReply(
                CompletableFuture.completedFuture(
                        json(
                                "{'maxTokens':100,'totalTokens':9,'subscription_type':'pro',"
                                    + "'categories':[{'name':'A','tokens':9,'kind':'used'}]}")));
        open("s");
        usage.load();
        delay.advance(Duration.ZERO);
        assertThat(client.calls())
                .containsExactly("control s get_context_usage", "control s get_usage");
        assertThat(usage.breakdown().get())
                .isInstanceOfSatisfying(
                        Answer.Given.class,
                        g -> assertThat(((ContextBreakdown) g.value()).counted()).isFalse());
        assertThat(plan.get().plan()).isEqualTo("Pro");
        usage.count();
        delay.advance(Duration.ZERO);
        assertThat(usage.breakdown().get())
                .isInstanceOfSatisfying(
                        Answer.Given.class,
                        g -> assertThat(((ContextBreakdown) g.value()).counted()).isTrue());
    }

    @Test
    void withoutAnAgentItSaysSoAndCanStartOne() {
        open("s");
        client.setFailure(new ClientException("no_agent", "No agent is running."));
        usage.load();
        delay.advance(Duration.ZERO);
        assertThat(usage.breakdown().get())
                .isEqualTo(new Answer.Refused<ContextBreakdown>("No agent is running.", true));
        usage.startAgent();
        assertThat(usage.breakdown().get()).isEqualTo(new Answer.Pending<>());
        delay.advance(Duration.ZERO);
        assertThat(client.calls()).contains("control s initialize");
    }

    @Test
    void anAnswerForASessionThatIsNoLongerOpenIsDropped() {
        CompletableFuture<ObjectNode> late = new CompletableFuture<>();
        client.setControlReply(late);
        open("s");
        usage.load();
        open("t");
        late.complete(json("{'categories':[],'subscription_type':'max'}"));
        delay.advance(Duration.ZERO);
        assertThat(usage.breakdown().get()).isEqualTo(new Answer.Pending<>());
        assertThat(plan.get().plan()).isEmpty();
    }

    @Test
    void aServerThatDoesNotSumUpCostsSaysSo() {
        cost =
                CompletableFuture.failedFuture(
                        new ClientException("unsupported", "This server does not sum up."));
        usage.load();
        delay.advance(Duration.ZERO);
        assertThat(usage.today().get())
                .isEqualTo(new Answer.Refused<Double>("This server does not sum up.", false));
    }
}
