package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.platform.OperatingSystem;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserHomeTest {
    @Test
    void onUnixTheHomeFolderIsTheOneInTheEnvironment() {
        assertThat(UserHome.find(Map.of("HOME", "/tmp/anna"), OperatingSystem.LINUX))
                .isEqualTo("/tmp/anna");
    }

    @Test
    void otherwiseTheHomeFolderOfTheSystemIsKept() {
        assertThat(UserHome.find(Map.of(), OperatingSystem.LINUX)).isNull();
        assertThat(UserHome.find(Map.of("HOME", "anna"), OperatingSystem.LINUX)).isNull();
        assertThat(UserHome.find(Map.of("HOME", "/c/Users/anna"), OperatingSystem.WINDOWS))
                .isNull();
    }
}
