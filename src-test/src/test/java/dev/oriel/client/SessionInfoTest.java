package dev.oriel.client;

import static dev.oriel.client.compat.protocol.EffectSummary.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.SessionInfo.Activity;
import dev.oriel.message.Message;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SessionInfoTest {
    private static SessionInfo info(Activity activity) {
        return new SessionInfo(
                "s",
                "Title",
                "/proj",
                "cli",
                activity,
                "m1",
                "plan",
                true,
                false,
                Instant.parse("2026-01-02T03:04:05Z"),
                Instant.parse("2026-02-03T04:05:06Z"),
                7,
                12,
                0.5,
                activity == Activity.FAILED ? "broken" : null);
    }

    @ParameterizedTest
    @EnumSource(Activity.class)
    void theJsonFormHasEverything(Activity activity) {
        assertThat(SessionInfo.fromJson(info(activity).toJson())).isEqualTo(info(activity));
    }

    @Test
    void whatIsMissingHasADefault() {
        SessionInfo empty = SessionInfo.fromJson(json("{'id':'s'}"));
        assertThat(empty.activity()).isEqualTo(Activity.IDLE);
        assertThat(empty.createdAt()).isEqualTo(Instant.EPOCH);
        assertThat(empty.title()).isEmpty();
        assertThat(empty.model()).isNull();
        assertThat(empty.error()).isNull();
        assertThat(SessionInfo.fromJson(empty.toJson())).isEqualTo(empty);
    }

    @ParameterizedTest
    @CsvSource({
        "idle, 0, IDLE",
        "idle, 1, IDLE_ASKING",
        "running, 0, RUNNING",
        "asking, 1, ASKING",
        "interrupting, 0, INTERRUPTING",
        "failed, 0, FAILED",
        "ended, 0, ENDED",
        "something new, 0, IDLE",
    })
    void theStateOfTheServerIsAnActivity(String state, int asks, Activity activity) {
        String session = "{'id':'s','state':'%s','asks':%d}".formatted(state, asks);
        assertThat(SessionInfo.fromJson(json(session)).activity()).isEqualTo(activity);
    }

    @Test
    void anActivityIsBusyWhileATurnRunsAndAsksWhileTheUserIsAsked() {
        assertThat(List.of(Activity.values()).stream().filter(Activity::isBusy))
                .containsExactly(Activity.RUNNING, Activity.ASKING, Activity.INTERRUPTING);
        assertThat(List.of(Activity.values()).stream().filter(Activity::isAsking))
                .containsExactly(Activity.IDLE_ASKING, Activity.ASKING);
    }

    @Test
    void aSessionMessageReportsASession() {
        Message message =
                Message.of(
                        json("{'type':'system','subtype':'oriel_session','session':{'id':'s'}}"));
        assertThat(SessionInfo.fromMessage(message)).extracting(SessionInfo::id).isEqualTo("s");
        assertThat(SessionInfo.fromMessage(Message.of(json("{'type':'system'}")))).isNull();
    }
}
