package dev.oriel.stress;

import dev.oriel.bench.ServerProcess;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.StreamingClaude;
import dev.oriel.testing.client.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/// Kills the server, then the CLI, again and again while answers are streamed, and compares what
/// clients received with what is there afterwards. `BENCHMARKS.md` has the command.
public final class CrashRecoveryRun {
    private static final int SESSIONS = 3;

    /// The number of kills per session, so that replays stay short.
    private static final int KILLS_A_SESSION = 12;

    /// The promised limit. A busy computer may exceed it now and then, but not at the median.
    private static final long PROMISED_MILLIS = 250;

    /// The limit for a single kill. A message takes more than two seconds: without checkpoints all
    /// of it would be missing.
    private static final long TOO_MUCH_MILLIS = 1_500;

    private final Path folder;
    private final Path cli;
    private final Random random;
    private final Map<UUID, DeliveryAudit> ledgers = new LinkedHashMap<>();
    private final List<UUID> current = new ArrayList<>();
    private final List<Long> missing = new ArrayList<>();

    private CrashRecoveryRun(Path folder, long seed) {
        this.folder = folder;
        this.random = new Random(seed);
        this.cli = StreamingClaude.in(folder.resolve("cli"), 3, 100, "0.02");
    }

    /// @param args kills of the server, kills of the CLI, seed
    public static void main(String[] args) throws Exception {
        int ofServer = args.length > 0 ? Integer.parseInt(args[0]) : 170;
        int ofCli = args.length > 1 ? Integer.parseInt(args[1]) : 60;
        long seed = args.length > 2 ? Long.parseLong(args[2]) : 7;
        var run = new CrashRecoveryRun(Files.createTempDirectory("oriel-kills"), seed);
        run.killServers(ofServer);
        run.killClis(ofCli);
        run.lookAtAll();
    }

    private ServerProcess start() throws IOException {
        return ServerProcess.logging(
                folder.resolve("data"),
                folder.resolve("log"),
                Map.of(),
                List.of("-XX:+UseSerialGC", "-Xmx192m"),
                "--claude",
                cli.toString());
    }

    private void killServers(int kills) throws Exception {
        for (int kill = 0; kill < kills; kill++) {
            try (ServerProcess server = start()) {
                if (kill % KILLS_A_SESSION == 0) {
                    current.clear();
                    for (int i = 0; i < SESSIONS; i++) {
                        current.add(newSession(server));
                    }
                }
                List<RecordingSubscriber> witnesses = talk(server);
                Thread.sleep(random.nextInt(3_000)); // within one message or between two
                server.kill();
                for (int i = 0; i < SESSIONS; i++) {
                    ledger(current.get(i)).add(witnesses.get(i).toTheEnd());
                    witnesses.get(i).close();
                }
            }
            if (kill % 10 == 9) {
                System.out.printf("%d kills of the server%n", kill + 1);
            }
        }
        try (ServerProcess server = start()) {
            for (UUID session : current) {
                look(server, session).close();
            }
        }
        report("kills of the server", kills);
    }

    /// Compares the conversation of each session, then sends it one or two prompts. The first is
    /// being answered when this returns.
    private List<RecordingSubscriber> talk(ServerProcess server) throws IOException {
        List<RecordingSubscriber> witnesses = new ArrayList<>();
        Map<RecordingSubscriber, Long> before = new HashMap<>();
        for (UUID session : current) {
            RecordingSubscriber witness = look(server, session);
            witnesses.add(witness);
            before.put(witness, deltas(witness));
            witness.prompt("go");
            if (random.nextInt(4) == 0) {
                witness.prompt("and on");
            }
        }
        for (RecordingSubscriber each : witnesses) {
            long[] left = {before.get(each) + 1};
            each.await(s -> !s.delta().isEmpty() && --left[0] == 0, "answer");
        }
        return witnesses;
    }

    private static long deltas(RecordingSubscriber witness) {
        return witness.seen().stream().filter(s -> !s.delta().isEmpty()).count();
    }

    private RecordingSubscriber look(ServerProcess server, UUID session) throws IOException {
        RecordingSubscriber witness = RecordingSubscriber.of(server, session);
        // The queue follows the end of the replay, and precedes the response to this request.
        witness.request("cancel_async_message", Map.of("message_uuid", UUID.randomUUID()));
        witness.await(
                s -> s.frame().path("type").asText().equals("control_response"),
                "answer to a control request");
        long millis = ledger(session).compare(witness.seen());
        missing.add(millis);
        if (millis > TOO_MUCH_MILLIS) {
            throw new StressFailure(millis + " ms of an answer are missing in " + session);
        }
        return witness;
    }

    private DeliveryAudit ledger(UUID session) {
        return ledgers.computeIfAbsent(session, _ -> new DeliveryAudit());
    }

    private void killClis(int kills) throws Exception {
        try (ServerProcess server = start()) {
            UUID session = newSession(server);
            for (int kill = 0; kill < kills; kill++) {
                if (kill % KILLS_A_SESSION == 0) {
                    session = newSession(server);
                }
                try (RecordingSubscriber witness = look(server, session)) {
                    long[] exits = {exits(witness) + 1};
                    long[] left = {deltas(witness) + 1};
                    witness.prompt("go");
                    witness.await(s -> !s.delta().isEmpty() && --left[0] == 0, "answer");
                    Thread.sleep(random.nextInt(1_000));
                    server.handle().descendants().forEach(ProcessHandle::destroyForcibly);
                    witness.await(
                            s -> s.is("system", "oriel_agent_exited") && --exits[0] == 0,
                            "word of the CLI's end");
                    ledger(session).add(witness.seen());
                }
                look(server, session).close();
                if (missing.getLast() > 0) {
                    throw new StressFailure(
                            missing.getLast() + " ms are missing after the CLI's end");
                }
            }
        }
        report("kills of the CLI", kills);
    }

    private static long exits(RecordingSubscriber witness) {
        return witness.seen().stream().filter(s -> s.is("system", "oriel_agent_exited")).count();
    }

    /// Compares once more, with the last server.
    private void lookAtAll() throws Exception {
        try (ServerProcess server = start()) {
            for (UUID session : List.copyOf(ledgers.keySet())) {
                look(server, session).close();
            }
        }
        report("the last look", ledgers.size());
        long errors = ProcessUsage.errors(folder.resolve("log"));
        if (errors > 0) {
            throw new StressFailure(errors + " lines of errors in " + folder.resolve("log"));
        }
        System.out.println("nothing was lost");
    }

    private void report(String what, int count) {
        List<Long> sorted = missing.stream().filter(m -> m > 0).sorted().toList();
        System.out.printf(
                "%s: %d; %d conversations compared, %d prompts, %d messages, %d deltas seen; in %d"
                        + " the end of an answer was missing%s%n",
                what,
                count,
                missing.size(),
                ledgers.values().stream().mapToInt(DeliveryAudit::prompts).sum(),
                ledgers.values().stream().mapToInt(DeliveryAudit::messages).sum(),
                ledgers.values().stream().mapToInt(DeliveryAudit::pieces).sum(),
                sorted.size(),
                sorted.isEmpty()
                        ? ""
                        : ", median %d, 95th percentile %d, at most %d ms, beyond 250 ms %d times"
                                .formatted(
                                        sorted.get(sorted.size() / 2),
                                        sorted.get(sorted.size() * 95 / 100),
                                        sorted.getLast(),
                                        sorted.stream().filter(m -> m > PROMISED_MILLIS).count()));
        missing.clear();
        if (!sorted.isEmpty() && sorted.get(sorted.size() / 2) > PROMISED_MILLIS) {
            throw new StressFailure("more is missing than promised");
        }
    }

    private UUID newSession(ServerProcess server) throws IOException {
        String body = Json.object().put("cwd", folder.toString()).toString();
        String reply =
                RawClient.exchange(
                        server.port(),
                        ("POST /v1/sessions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                        + "%s\r\nContent-Length: %d\r\n\r\n%s")
                                .formatted(server.token(), body.length(), body));
        var made = Json.mapper().readTree(reply.substring(reply.indexOf("\r\n\r\n") + 4));
        return UUID.fromString(made.path("id").asText());
    }
}
