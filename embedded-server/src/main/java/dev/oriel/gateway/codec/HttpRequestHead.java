package dev.oriel.gateway.codec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestParser;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.jspecify.annotations.Nullable;

/// Request line and headers of an HTTP request, parsed by HttpCore.
///
/// @param path decoded, without the query
/// @param query value of each parameter
/// @param headers by lower-case name; the last one counts. If the request names its target in
///   absolute form, `host` is the one of the target, as RFC 9112, section 3.2.2, requires
public record HttpRequestHead(
        String method, String path, Map<String, String> query, Map<String, String> headers) {

    private static final int MAX_HEADERS = 100;

    /// Headers that decisions depend on. If there were two, a proxy in front of the server could
    /// evaluate the other one.
    private static final Set<String> SINGLE =
            Set.of(
                    "authorization",
                    "content-length",
                    "host",
                    "origin",
                    "sec-fetch-site",
                    "sec-websocket-key",
                    "sec-websocket-version",
                    "transfer-encoding",
                    "upgrade");

    /// 16 bytes in base64.
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{22}==");

    private static final Pattern ENCODED = Pattern.compile("(?:[^%]|%[0-9A-Fa-f]{2})*+");

    private static final Pattern ABSOLUTE =
            Pattern.compile("https?://([^/?]*)(.*)", Pattern.CASE_INSENSITIVE);

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /// @param head all bytes including the empty line
    /// @throws HttpException if it is not HTTP
    static HttpRequestHead parse(byte[] head) throws HttpException {
        try {
            var config = Http1Config.custom().setMaxHeaderCount(MAX_HEADERS).build();
            ClassicHttpRequest request =
                    new DefaultHttpRequestParser(config)
                            .parse(
                                    new SessionInputBufferImpl(head.length + 1),
                                    new ByteArrayInputStream(head));
            if (request == null) {
                throw new HttpException("no request");
            }
            Map<String, String> headers = new HashMap<>();
            for (Header h : request.getHeaders()) {
                String name = h.getName().toLowerCase(Locale.ROOT);
                String value = h.getValue() == null ? "" : h.getValue().strip();
                if (headers.put(name, value) != null && SINGLE.contains(name)) {
                    throw new HttpException("more than one " + name);
                }
            }
            if (request.getVersion() != null
                    && request.getVersion().lessEquals(HttpVersion.HTTP_1_0)) {
                // HTTP/1.0 does not define it (RFC 9110, section 10.1.1).
                headers.remove("expect");
            }
            String target = originForm(targetOf(head), headers);
            int mark = target.indexOf('?');
            String path = mark < 0 ? target : target.substring(0, mark);
            return new HttpRequestHead(
                    request.getMethod(),
                    decode(path.replace("+", "%2B")),
                    mark < 0 ? Map.of() : query(target.substring(mark + 1)),
                    headers);
        } catch (IOException | IllegalArgumentException e) {
            throw new HttpException("not HTTP", e);
        }
    }

    /// The target as received: HttpCore splits and reassembles it.
    private static String targetOf(byte[] head) throws HttpException {
        String line =
                new String(head, StandardCharsets.ISO_8859_1)
                        .lines()
                        .filter(l -> !l.isBlank())
                        .findFirst()
                        .orElse("");
        String[] parts = line.strip().split("[ \t]+");
        if (parts.length != 3) {
            throw new HttpException("no request line");
        }
        return parts[1];
    }

    /// The path and query of a target. The host of a target in absolute form replaces the header.
    private static String originForm(String target, Map<String, String> headers)
            throws HttpException {
        Matcher absolute = ABSOLUTE.matcher(target);
        if (!absolute.matches()) {
            return target;
        }
        String authority = absolute.group(1);
        if (authority.isEmpty() || authority.contains("@")) {
            throw new HttpException("no host in the target");
        }
        headers.put("host", authority);
        String rest = absolute.group(2);
        return rest.startsWith("/") ? rest : "/" + rest;
    }

    private static Map<String, String> query(String text) throws MalformedTargetException {
        Map<String, String> query = new HashMap<>();
        for (String pair : text.split("&", -1)) {
            int mark = pair.indexOf('=');
            String name = decode(mark < 0 ? pair : pair.substring(0, mark));
            String value = mark < 0 ? "" : decode(pair.substring(mark + 1));
            // A proxy in front of the server could evaluate the other one.
            if (!name.isEmpty() && query.put(name, value) != null) {
                throw new MalformedTargetException("A parameter is given more than once.");
            }
        }
        return query;
    }

    /// Decodes percent-encoded UTF-8.
    private static String decode(String text) throws MalformedTargetException {
        if (!ENCODED.matcher(text).matches()) {
            throw new MalformedTargetException("A % in the address is not followed by two digits.");
        }
        byte[] bytes =
                URLDecoder.decode(text, StandardCharsets.ISO_8859_1)
                        .getBytes(StandardCharsets.ISO_8859_1);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedTargetException("The address is not encoded in UTF-8.");
        }
    }

    public @Nullable String header(String lowerCaseName) {
        return headers.get(lowerCaseName);
    }

    /// Whether an upgrade has everything that RFC 6455, section 4.2.1, requires.
    public boolean isValidUpgrade() {
        return method.equals("GET")
                && "13".equals(headers.get("sec-websocket-version"))
                && KEY.matcher(headers.getOrDefault("sec-websocket-key", "")).matches()
                && headers.getOrDefault("connection", "")
                        .toLowerCase(Locale.ROOT)
                        .contains("upgrade");
    }

    public boolean isUpgrade() {
        return "websocket".equalsIgnoreCase(headers.get("upgrade"));
    }

    /// Whether the client waits for `100 Continue` before it sends the body.
    public boolean expectsContinue() {
        return headers.getOrDefault("expect", "").toLowerCase(Locale.ROOT).contains("100-continue");
    }

    /// Whether the client offers subprotocols, but none with a valid name.
    public boolean hasOnlyInvalidSubprotocols() {
        return headers.containsKey("sec-websocket-protocol") && subprotocol() == null;
    }

    /// The first subprotocol that the client offers, or null. Oriel behaves the same with any, but
    /// a browser treats a reply without one of its offers as a failure.
    @Nullable String subprotocol() {
        String offers = headers.getOrDefault("sec-websocket-protocol", "");
        for (String offer : offers.split(",")) {
            if (TOKEN.matcher(offer.strip()).matches()) {
                return offer.strip();
            }
        }
        return null;
    }
}
