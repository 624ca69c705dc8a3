package dev.oriel.agent.api.tool.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, disabledReason = "Other systems may have no program for sessions.")
class ProcessTreeProcessTest {
    /// `/bin/sh` is a different shell on each system, and they differ in what `kill` accepts.
    @Test
    void signalsAWholeGroupAtOnce() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", "echo; sleep 943211; true");
        ProcessTree tree = ProcessTree.start(builder, "x");
        try {
            assertThat(tree.root().getInputStream().read()).isEqualTo('\n'); // has its session
            assertThat(tree.signalGroup(true)).isTrue();
            assertThat(tree.root().waitFor()).isEqualTo(137);
        } finally {
            tree.end();
        }
        assertThat(tree.isAlive()).isFalse();
    }
}
