package dev.oriel.client.compat.protocol;

import static dev.oriel.client.compat.protocol.EffectSummary.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.compat.protocol.ProtocolEffect.ListedSession;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class ManagerSessionJsonTest {
    @Test
    void aSessionIsParsed() {
        assertThat(
                        ManagerSessionJson.parse(
                                json(
                                        "{'id':'s','status':'processing','options':{'working_directory':'/w',"
                                            + "'permission_mode':'plan'},'created_at':'2026-01-02T03:04:05Z',"
                                            + "'updated_at':'2026-01-02T05:04:05+02:00'}")))
                .isEqualTo(
                        new ListedSession(
                                "s",
                                "/w",
                                true,
                                "plan",
                                null,
                                Instant.parse("2026-01-02T03:04:05Z"),
                                Instant.parse("2026-01-02T03:04:05Z")));
    }

    @Test
    void aTimeWithoutAZoneIsLocalTime() {
        assertThat(
                        ManagerSessionJson.parse(
                                        json(
                                                "{'id':'s','created_at':'2026-01-02T03:04:05.000006'}"))
                                .created())
                .isEqualTo(
                        LocalDateTime.parse("2026-01-02T03:04:05.000006")
                                .atZone(ZoneId.systemDefault())
                                .toInstant());
    }

    @Test
    void whatIsMissingOrInvalidIsUnknown() {
        assertThat(ManagerSessionJson.parse(json("{'id':'s','created_at':'yesterday'}")))
                .isEqualTo(new ListedSession("s", "", false, null, null, null, null));
    }

    @Test
    void aFailedSessionHasACause() {
        assertThat(ManagerSessionJson.parse(json("{'status':'error'}")).error())
                .isEqualTo("The last prompt failed.");
        assertThat(
                        ManagerSessionJson.parse(json("{'status':'error','error_message':'full'}"))
                                .error())
                .isEqualTo("full");
    }
}
