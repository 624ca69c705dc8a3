package dev.oriel.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the window's process is told before anything in it begins.
class LauncherTest {
    private static final String PROXIES = "java.net.useSystemProxies";
    private static final String HOME = System.getProperty("user.home");

    @BeforeEach
    @AfterEach
    void leaveNothingBehind() {
        System.clearProperty(PROXIES);
        System.setProperty("user.home", HOME);
    }

    @Test
    void theSystemsProxiesAreHonoured() {
        Launcher.main(new String[] {"--version"});
        assertThat(System.getProperty(PROXIES)).isEqualTo("true");
    }

    @Test
    void whatThePersonSaidOnTheCommandLineCounts() {
        System.setProperty(PROXIES, "false");
        Launcher.main(new String[] {"--version"});
        assertThat(System.getProperty(PROXIES)).isEqualTo("false");
    }
}
