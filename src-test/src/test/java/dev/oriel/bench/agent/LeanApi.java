package dev.oriel.bench.agent;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A Messages API on the loopback interface with minimal cost, so that mainly the agent is
/// measured. Each request for a message gets the same kind of answer; all others get 404.
final class LeanApi implements AutoCloseable {
    private static final String HEAD =
            String.join(
                    "\r\n",
                    "HTTP/1.1 200 OK",
                    "content-type: text/event-stream",
                    "transfer-encoding: chunked",
                    "",
                    "");
    private static final String MISSING =
            String.join(
                    "\r\n",
                    "HTTP/1.1 404 Not Found",
                    "content-type: application/json",
                    "content-length: 2",
                    "",
                    "{}");
    private static final String START =
            event(
                            "message_start",
                            "\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","
                                + "\"model\":\"bench-model\",\"content\":[],\"stop_reason\":null,"
                                + "\"stop_sequence\":null,"
                                + "\"usage\":{\"input_tokens\":11,\"output_tokens\":1}}")
                    + event(
                            "content_block_start",
                            "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}");
    private static final String END =
            event("content_block_stop", "\"index\":0")
                    + event(
                            "message_delta",
                            "\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},"
                                    + "\"usage\":{\"output_tokens\":20}")
                    + event("message_stop", "");

    private final ServerSocket listener;
    private final Answer answer;

    /// Writes the deltas of an answer.
    interface Answer {
        /// @param received [System#nanoTime] when the whole request had arrived
        void write(Stream stream, long received) throws IOException, InterruptedException;
    }

    /// The open answer.
    static final class Stream {
        private final OutputStream out;

        private Stream(OutputStream out) {
            this.out = out;
        }

        /// Sends a delta at once.
        void delta(String text) throws IOException {
            send(deltaEvent(text));
        }

        /// Sends events in one write.
        void send(String events) throws IOException {
            byte[] bytes = events.getBytes(StandardCharsets.US_ASCII);
            byte[] size =
                    (Integer.toHexString(bytes.length) + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII);
            byte[] chunk = new byte[size.length + bytes.length + 2];
            System.arraycopy(size, 0, chunk, 0, size.length);
            System.arraycopy(bytes, 0, chunk, size.length, bytes.length);
            chunk[chunk.length - 2] = '\r';
            chunk[chunk.length - 1] = '\n';
            out.write(chunk);
        }
    }

    private LeanApi(ServerSocket listener, Answer answer) {
        this.listener = listener;
        this.answer = answer;
    }

    static LeanApi start(Answer answer) throws IOException {
        LeanApi api =
                new LeanApi(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), answer);
        Thread.ofPlatform().daemon().name("lean-api").start(api::accept);
        return api;
    }

    /// @param text without characters that JSON escapes
    static String deltaEvent(String text) {
        return event(
                "content_block_delta",
                "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + text + "\"}");
    }

    private static String event(String type, String members) {
        return "event: "
                + type
                + "\ndata: {\"type\":\""
                + type
                + (members.isEmpty() ? "\"" : "\"," + members)
                + "}\n\n";
    }

    String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                Thread.ofPlatform().daemon().start(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16)) {
            OutputStream out = socket.getOutputStream();
            while (true) {
                String head = head(in);
                in.skipNBytes(length(head));
                long received = System.nanoTime();
                if (!head.startsWith("POST /v1/messages") || head.contains("count_tokens")) {
                    out.write(MISSING.getBytes(StandardCharsets.US_ASCII));
                    continue;
                }
                out.write(HEAD.getBytes(StandardCharsets.US_ASCII));
                Stream stream = new Stream(out);
                stream.send(START);
                answer.write(stream, received);
                stream.send(END);
                out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException | InterruptedException e) {
            // The agent has ended.
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException();
            }
            head.append((char) b);
        }
        return head.toString();
    }

    private static long length(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToLong(line -> Long.parseLong(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
