package dev.oriel.client;

import static dev.oriel.client.compat.protocol.EffectSummary.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.AgentInfo.Status;
import org.junit.jupiter.api.Test;

class AgentInfoTest {
    @Test
    void theReplyOfTheServerIsParsed() {
        assertThat(
                        AgentInfo.listFromJson(
                                json(
                                        "{'default':'cli','may_bypass':true,'agents':["
                                            + "{'kind':'cli','status':'ready','version':'2','where':'/bin/claude'},"
                                            + "{'kind':'api','status':'not_logged_in','what':'No"
                                            + " key.','remedy':'Log in.'},"
                                            + "{'kind':'demo','status':'missing'}]}")))
                .containsExactly(
                        new AgentInfo(
                                "cli", Status.READY, true, true, "2", "/bin/claude", null, null),
                        new AgentInfo(
                                "api",
                                Status.NOT_LOGGED_IN,
                                false,
                                true,
                                null,
                                null,
                                "No key.",
                                "Log in."),
                        new AgentInfo("demo", Status.MISSING, false, null, null, null, null));
    }

    @Test
    void theDemoNeverBypassesPermissions() {
        AgentInfo demo =
                AgentInfo.listFromJson(
                                json(
                                        "{'may_bypass':true,'agents':[{'kind':'demo','status':'ready'}]}"))
                        .getFirst();
        assertThat(demo.canBypass()).isFalse();
        assertThat(demo.isDemo()).isTrue();
        assertThat(demo.isReady()).isTrue();
    }

    @Test
    void aReplyWithoutAgentsIsEmpty() {
        assertThat(AgentInfo.listFromJson(json("{}"))).isEmpty();
    }
}
