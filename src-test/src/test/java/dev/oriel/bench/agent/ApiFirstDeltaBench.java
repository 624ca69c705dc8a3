package dev.oriel.bench.agent;

import dev.oriel.bench.LeanClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/// Measures what the agent on the Messages API adds to the time from a prompt to the first delta:
/// from the client's frame to the request at the API, and from the API's delta to the frame at the
/// client. Both ends are in this process, the server is one of its own. `BENCHMARKS.md` has the
/// command.
public final class ApiFirstDeltaBench {
    private static final byte[] AT = "at=".getBytes(StandardCharsets.US_ASCII);

    private ApiFirstDeltaBench() {}

    /// @param args the number of turns, and options of the server's JVM (those of the packages if
    ///   there are none)
    public static void main(String[] args) throws Exception {
        int turns = args.length > 0 ? Integer.parseInt(args[0]) : 300;
        List<String> jvm = List.of(args).subList(Math.min(1, args.length), args.length);
        AtomicLong received = new AtomicLong();
        try (SampleTree folder = SampleTree.of(0, 0);
                LeanApi api =
                        LeanApi.start((stream, at) -> {
                            received.set(at);
                            Thread.sleep(20); // the model thinks
                            stream.delta("at=" + System.nanoTime() + " ");
                        });
                BenchServer server = BenchServer.api(folder.root, jvm, api.url());
                LeanClient client = server.newSession()) {
            Histogram up = new Histogram(3);
            Histogram down = new Histogram(3);
            Histogram sum = new Histogram(3);
            for (int turn = 0; turn < turns; turn++) {
                long sent = System.nanoTime();
                BenchServer.prompt(client, "prompt " + turn);
                long[] times = {0, 0};
                BenchServer.awaitResult(
                        client,
                        AT,
                        at -> {
                            times[0] = at;
                            times[1] = System.nanoTime();
                        });
                long toApi = received.get() - sent;
                long toClient = times[1] - times[0];
                if (turn == 0) {
                    System.out.printf(
                            "first turn: %.1f ms to the API, %.1f ms back%n",
                            toApi / 1e6, toClient / 1e6);
                } else if (turn >= turns / 4) { // what comes before warms up
                    up.recordValue(toApi);
                    down.recordValue(toClient);
                    sum.recordValue(toApi + toClient);
                }
            }
            print("prompt to request", up);
            print("delta to frame", down);
            print("both", sum);
        }
    }

    private static void print(String name, Histogram times) {
        System.out.printf(
                "%s: p50 %.2f ms, p95 %.2f ms, p99 %.2f ms, max %.2f ms%n",
                name,
                times.getValueAtPercentile(50) / 1e6,
                times.getValueAtPercentile(95) / 1e6,
                times.getValueAtPercentile(99) / 1e6,
                times.getMaxValue() / 1e6);
    }
}
