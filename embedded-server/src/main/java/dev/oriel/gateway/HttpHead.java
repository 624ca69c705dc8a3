package dev.oriel.gateway;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestParser;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.apache.hc.core5.net.WWWFormCodec;
import org.jspecify.annotations.Nullable;

/// Request line and headers, read by HttpCore.
///
/// @param path decoded, without the query
/// @param query first value of each parameter
/// @param headers by lower-case name; the last one counts
record HttpHead(
        String method, String path, Map<String, String> query, Map<String, String> headers) {

    private static final int MAX_HEADERS = 100;

    /// 16 bytes in base64.
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{22}==");

    /// @param head everything up to and with the empty line
    /// @throws HttpException if it is no HTTP
    static HttpHead parse(byte[] head) throws HttpException {
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
            int hosts = 0;
            for (Header h : request.getHeaders()) {
                String name = h.getName().toLowerCase(Locale.ROOT);
                headers.put(name, h.getValue() == null ? "" : h.getValue().strip());
                if (name.equals("host")) {
                    hosts++;
                }
            }
            if (hosts > 1) {
                throw new HttpException("more than one Host");
            }
            String target = request.getRequestUri();
            int mark = target.indexOf('?');
            String path = mark < 0 ? target : target.substring(0, mark);
            return new HttpHead(
                    request.getMethod(),
                    URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8),
                    mark < 0 ? Map.of() : query(target.substring(mark + 1)),
                    headers);
        } catch (IOException | IllegalArgumentException e) {
            throw new HttpException("not HTTP", e);
        }
    }

    private static Map<String, String> query(String text) {
        List<NameValuePair> pairs = WWWFormCodec.parse(text, StandardCharsets.UTF_8);
        Map<String, String> query = new HashMap<>();
        for (NameValuePair pair : pairs) {
            query.putIfAbsent(pair.getName(), pair.getValue() == null ? "" : pair.getValue());
        }
        return query;
    }

    @Nullable String header(String lowerCaseName) {
        return headers.get(lowerCaseName);
    }

    /// Whether an upgrade has all that RFC 6455, section 4.2.1, wants of it.
    boolean isWholeUpgrade() {
        return method.equals("GET")
                && "13".equals(headers.get("sec-websocket-version"))
                && KEY.matcher(headers.getOrDefault("sec-websocket-key", "")).matches()
                && headers.getOrDefault("connection", "")
                        .toLowerCase(Locale.ROOT)
                        .contains("upgrade");
    }

    boolean isUpgrade() {
        return "websocket".equalsIgnoreCase(headers.get("upgrade"));
    }
}
