package dev.oriel.account.system;

import dev.oriel.account.KeyStore;
import dev.oriel.account.SecretText;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A process in a session of a desktop. Arguments: the data folder, and what is done. It prints one
/// line for each step.
final class SecretServiceRun {
    private SecretServiceRun() {}

    @SuppressWarnings("SystemOut") // the test reads it
    public static void main(String[] args) throws Exception {
        KeyStore store =
                KeyStores.system(
                        Path.of(args[0]),
                        System.getenv(),
                        new SystemKeyStore.Limits(
                                Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ZERO));
        for (String step : List.of(args).subList(1, args.length)) {
            System.out.println(step + " " + run(store, step.split("=")));
            System.out.flush();
        }
        // Threads of the library do not keep the process alive.
    }

    /// As a window of GTK does it all the time: what the library has put there, runs.
    private static String iterateMainLoop() throws IOException {
        MethodHandle iterate =
                new NativeLibrary("libglib-2.0.so.0")
                        .function(
                                ValueLayout.JAVA_INT,
                                "g_main_context_iteration",
                                ValueLayout.ADDRESS,
                                ValueLayout.JAVA_INT);
        for (int i = 0; i < 1_000; i++) {
            NativeLibrary.call(() -> (int) iterate.invokeExact(MemorySegment.NULL, 0));
        }
        return "done";
    }

    private static String run(KeyStore store, String[] step) {
        try {
            return switch (step[0]) {
                case "write" -> store.write(step[1], new SecretText(step[2])).name();
                case "read" -> {
                    SecretText text = store.read(step[1]);
                    yield text == null ? "none" : text.reveal();
                }
                case "remove" -> {
                    store.remove(step[1]);
                    yield "done";
                }
                case "await" -> {
                    // The test goes on when it has done something.
                    yield System.in.read() < 0 ? "end" : "done";
                }
                case "iterate" -> iterateMainLoop();
                case "describe" -> store.description();
                default -> throw new IllegalArgumentException(step[0]);
            };
        } catch (IOException e) {
            return "failed: " + e.getMessage();
        }
    }
}
