package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class UserHomeTest {
    @Test
    void aUnixProgramIsAtHomeWhereTheEnvironmentSays() {
        assertThat(UserHome.find(Map.of("HOME", "/tmp/anna"), "Linux")).isEqualTo("/tmp/anna");
    }

    @Test
    void elsewhereTheSystemKnowsBetter() {
        assertThat(UserHome.find(Map.of(), "Linux")).isNull();
        assertThat(UserHome.find(Map.of("HOME", "anna"), "Linux")).isNull();
        assertThat(UserHome.find(Map.of("HOME", "/c/Users/anna"), "Windows 11")).isNull();
    }
}
