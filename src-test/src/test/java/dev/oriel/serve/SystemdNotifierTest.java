package dev.oriel.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// When systemd is notified. That it receives the notifications: [SupervisedServerJourneyTest].
class SystemdNotifierTest {
    @TempDir Path folder;

    private static Map<String, String> watchdog(String address) {
        return Map.of("NOTIFY_SOCKET", address, "WATCHDOG_USEC", "30000000");
    }

    @Test
    void withoutAWatchdogThereIsNoNotifier() {
        assertThat(SystemdNotifier.create(Map.of())).isNull();
        assertThat(SystemdNotifier.create(Map.of("NOTIFY_SOCKET", "/run/notify"))).isNull();
        assertThat(SystemdNotifier.create(Map.of("WATCHDOG_USEC", "30000000"))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "run/notify", "vsock:2:1234"})
    void anAddressThatIsNoUnixSocketIsIgnored(String address) {
        assertThat(SystemdNotifier.create(watchdog(address))).isNull();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void anAddressMustFitIntoTheStructureOfTheKernel() {
        assertThat(SystemdNotifier.create(watchdog("/" + "x".repeat(106)))).isNotNull();
        assertThat(SystemdNotifier.create(watchdog("/" + "x".repeat(107)))).isNull();
        assertThat(SystemdNotifier.create(watchdog("/" + "é".repeat(54)))).isNull();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aSocketThatDoesNotExistIsAFailureAndNoException() {
        for (String address : new String[] {folder.resolve("none").toString(), "@oriel-none"}) {
            SystemdNotifier notifier =
                    Objects.requireNonNull(SystemdNotifier.create(watchdog(address)));
            assertThat(notifier.notifyAlive()).as(address).isFalse();
        }
    }
}
