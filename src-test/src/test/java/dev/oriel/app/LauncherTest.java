package dev.oriel.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The system properties that the launcher sets first.
class LauncherTest {
    private static final String PROXIES = "java.net.useSystemProxies";
    private static final String HOME = System.getProperty("user.home");

    @BeforeEach
    @AfterEach
    void restoreProperties() {
        System.clearProperty(PROXIES);
        System.setProperty("user.home", HOME);
    }

    @Test
    void theProxiesOfTheSystemAreUsed() {
        Launcher.main(new String[] {"--version"});
        assertThat(System.getProperty(PROXIES)).isEqualTo("true");
    }

    @Test
    void aPropertyOnTheCommandLineTakesPrecedence() {
        System.setProperty(PROXIES, "false");
        Launcher.main(new String[] {"--version"});
        assertThat(System.getProperty(PROXIES)).isEqualTo("false");
    }
}
