package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HomeTest {
    @Test
    void aUnixProgramIsAtHomeWhereTheEnvironmentSays() {
        assertThat(Home.wanted(Map.of("HOME", "/tmp/anna"), "Linux")).isEqualTo("/tmp/anna");
    }

    @Test
    void elsewhereTheSystemKnowsBetter() {
        assertThat(Home.wanted(Map.of(), "Linux")).isNull();
        assertThat(Home.wanted(Map.of("HOME", "anna"), "Linux")).isNull();
        assertThat(Home.wanted(Map.of("HOME", "/c/Users/anna"), "Windows 11")).isNull();
    }
}
