package dev.oriel.app.usage;

import static dev.oriel.client.compat.protocol.EffectSummary.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.usage.ContextBreakdown.Kind;
import dev.oriel.app.usage.ContextBreakdown.Part;
import dev.oriel.message.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "0       | 200000 | 0 %    | NORMAL | ''",
                "1999    | 200000 | 0 %    | NORMAL | ''",
                "45200   | 200000 | 22 %   | NORMAL | ''",
                "159999  | 200000 | 79 %   | NORMAL | ''",
                "160000  | 200000 | 80 %   | HIGH   | filling up",
                "189999  | 200000 | 94 %   | HIGH   | filling up",
                "190000  | 200000 | 95 %   | FULL   | almost full",
                "250000  | 200000 | 100 %  | FULL   | almost full",
                "45200   | 0      | 45k    | NORMAL | ''",
                "1250000 | 0      | 1.2M   | NORMAL | ''",
            })
    void theUseIsShownAsAShareWithAWordWhereItIsHigh(
            long tokens, long window, String text, ContextUse.Level level, String warning) {
        ContextUse use = new ContextUse(tokens, window);
        assertThat(use.shortText()).isEqualTo(text);
        assertThat(use.level()).isEqualTo(level);
        assertThat(use.warning()).isEqualTo(warning);
        assertThat(use.isKnown()).isEqualTo(tokens > 0);
    }

    @Test
    void theBreakdownKeepsTheAgentsPartsAndTheirKinds() {
        ContextBreakdown parts =
                ContextBreakdown.from(
                        json(
                                "{'totalTokens':2167,'maxTokens':1000000,'categories':[{'name':'System"
                                    + " prompt','tokens':100,'kind':'used'},"
                                    + "{'name':'Empty','tokens':0,'kind':'used'},{'name':'Tools"
                                    + " (deferred)','tokens':9,'kind':'deferred'},{'name':'Autocompact"
                                    + " buffer','tokens':33000},{'name':'Free"
                                    + " space','tokens':50}]}"),
                        false);
        assertThat(parts.parts())
                .containsExactly(
                        new Part("System prompt", 100, Kind.USED),
                        new Part("Tools (deferred)", 9, Kind.DEFERRED),
                        new Part("Autocompact buffer", 33_000, Kind.RESERVED),
                        new Part("Free space", 50, Kind.FREE));
        assertThat(parts.window()).isEqualTo(1_000_000);
        assertThat(parts.share(parts.parts().get(2))).isEqualTo(0.033);
    }

    @Test
    void aHostileBreakdownIsReadWithinBounds() {
        ObjectNode reply = Json.object().put("totalTokens", -5);
        ArrayNode all = reply.putArray("categories");
        all.add("text").addObject().put("name", "x").put("tokens", -1);
        for (int i = 0; i < 1_000; i++) {
            all.addObject().put("name", "part " + i).put("tokens", Long.MAX_VALUE);
        }
        ContextBreakdown parts = ContextBreakdown.from(reply, true);
        assertThat(parts.parts()).hasSize(40);
        assertThat(parts.total()).isZero();
        assertThat(parts.share(parts.parts().getFirst())).isZero();
        assertThat(ContextBreakdown.from(Json.object(), true).parts()).isEmpty();
    }

    @Test
    void thePlansLimitsComeFromTheReplyAndFromLaterEvents() {
        PlanUsage plan =
                PlanUsage.UNKNOWN.withReply(
                        json(
                                "{'subscription_type':'max','rate_limits':{"
                                        + "'five_hour':{'utilization':37,"
                                        + "'resets_at':'2026-03-01T14:10:00Z'},"
                                        + "'seven_day':{'utilization':80,"
                                        + "'resets_at':'2026-03-01T11:00:00Z'},"
                                        + "'seven_day_opus':{'utilization':null},"
                                        + "'cinder_cove':{'utilization':1},"
                                        + "'model_scoped':[{'display_name':'Fable',"
                                        + "'utilization':5,'resets_at':null}]}}"));
        assertThat(plan.plan()).isEqualTo("Max");
        assertThat(plan.limits(NOON))
                .containsExactly(
                        new PlanUsage.Limit("5 hours", 0.37, Instant.parse("2026-03-01T14:10:00Z")),
                        new PlanUsage.Limit("Week, Fable", 0.05, null));

        long later = NOON.getEpochSecond() + 60;
        PlanUsage next =
                plan.withEvent(
                                json(
                                        "{'status':'allowed_warning','rateLimitType':'five_hour',"
                                                + "'utilization':0.91,'resetsAt':"
                                                + later
                                                + "}"))
                        .withEvent(
                                json("{'status':'rejected','rateLimitType':'seven_day_sonnet'}"));
        assertThat(next.limits(NOON))
                .contains(
                        new PlanUsage.Limit("5 hours", 0.91, Instant.ofEpochSecond(later)),
                        new PlanUsage.Limit("Week, Sonnet", 1, null));
        assertThat(next.plan()).isEqualTo("Max");
    }

    @Test
    void whatIsNotKnownOfAPlanIsLeftOut() {
        PlanUsage none = PlanUsage.UNKNOWN.withReply(json("{'rate_limits':null}"));
        assertThat(none.limits(NOON)).isEmpty();
        assertThat(none.plan()).isEmpty();
        assertThat(none.withEvent(json("{'status':'allowed'}")).limits(NOON)).isEmpty();
        assertThat(
                        none.withEvent(
                                        json(
                                                "{'rateLimitType':'five_hour','utilization':7,"
                                                        + "'resetsAt':9e30}"))
                                .limits(NOON))
                .containsExactly(new PlanUsage.Limit("5 hours", 1, null));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T12:00:10Z, 'resets at 12:00, in 1 min'",
        "2026-03-01T14:10:00Z, 'resets at 14:10, in 2 h 10 min'",
        "2026-03-02T12:00:00Z, 'resets on Monday 2 March, 12:00, in 24 h'",
        "2026-03-05T18:00:00Z, 'resets on Thursday 5 March, 18:00, in 4 days'",
    })
    void aResetIsATimeAndADuration(Instant at, String text) {
        assertThat(UsageTexts.reset(at, NOON, ZoneOffset.UTC)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, $0.00",
        "0.00001, less than $0.0001",
        "0.0041, $0.0041",
        "0.5, $0.50",
        "12.345, $12.35",
    })
    void smallCostsAreNotRoundedToNothing(double dollars, String text) {
        assertThat(UsageTexts.cost(dollars)).isEqualTo(text);
        assertThat(UsageTexts.reset(null, NOON, ZoneOffset.UTC)).isEmpty();
        assertThat(List.of(text)).doesNotContain("");
    }
}
