package dev.oriel.testing.claude;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How servers of local models, and gateways, refuse what they lack, in their own words. For
/// [FakeMessagesApi#refusing].
public enum LocalServerRefusals implements Function<FakeMessagesApi.Request, @Nullable FakeReply> {
    /// A model without thinking, tools and images.
    OLLAMA {
        @Override
        public @Nullable FakeReply apply(FakeMessagesApi.Request request) {
            return request.body().has("thinking")
                    ? error(400, "invalid_request_error", "\"gemma3:1b\" does not support thinking")
                    : request.body().has("tools")
                            ? error(
                                    400,
                                    "invalid_request_error",
                                    "gemma3:1b does not support tools")
                            : hasImage(request)
                                    ? error(
                                            500,
                                            "api_error",
                                            "this model is missing data required for image input;"
                                                    + " it does not support images")
                                    : null;
        }
    },

    /// Started without a template for tools and without a projector for images.
    LLAMA_CPP {
        @Override
        public @Nullable FakeReply apply(FakeMessagesApi.Request request) {
            return request.body().has("tools")
                    ? raw(500, "tools param requires --jinja flag", "server_error")
                    : hasImage(request)
                            ? raw(
                                    500,
                                    "image input is not supported - hint: if this is unexpected,"
                                            + " you may need to provide the mmproj",
                                    "server_error")
                            : null;
        }

        private static FakeReply raw(int status, String message, String type) {
            return FakeReply.page(
                    status,
                    "application/json",
                    "{\"error\":{\"code\":"
                            + status
                            + ",\"message\":\""
                            + message
                            + "\",\"type\":\""
                            + type
                            + "\"}}");
        }
    },

    /// Started without a parser for tool calls, with a model for text alone.
    VLLM {
        @Override
        public @Nullable FakeReply apply(FakeMessagesApi.Request request) {
            return request.body().has("tools")
                    ? error(
                            400,
                            "BadRequestError",
                            "\"auto\" tool choice requires --enable-auto-tool-choice and"
                                    + " --tool-call-parser to be set")
                    : hasImage(request)
                            ? error(
                                    400,
                                    "BadRequestError",
                                    "At most 0 image(s) may be provided in one prompt.")
                            : null;
        }
    },

    /// A gateway whose model reads text alone.
    DEEPSEEK {
        @Override
        public @Nullable FakeReply apply(FakeMessagesApi.Request request) {
            return hasImage(request)
                    ? error(
                            400,
                            "invalid_request_error",
                            "Failed to deserialize the JSON body into the target type:"
                                    + " messages[0].content: unknown variant `image`, expected one"
                                    + " of `text`, `tool_use`, `tool_result`, `thinking` at line 1"
                                    + " column 971539")
                    : null;
        }
    },

    /// A gateway that checks the request against an older description of the API.
    OLD_GATEWAY {
        @Override
        public @Nullable FakeReply apply(FakeMessagesApi.Request request) {
            String sent = request.body().toString();
            return sent.contains("cache_control")
                    ? error(
                            422,
                            "invalid_request_error",
                            "system.0.cache_control: Extra inputs are not permitted")
                    : request.body().has("thinking")
                            ? error(
                                    400,
                                    "invalid_request_error",
                                    "thinking: Extra inputs are not permitted")
                            : null;
        }
    };

    private static FakeReply error(int status, String type, String message) {
        return FakeReply.failure(status, type, message);
    }

    private static boolean hasImage(FakeMessagesApi.Request request) {
        for (JsonNode message : request.body().path("messages")) {
            if (message.path("content").findValuesAsText("type").contains("image")) {
                return true;
            }
        }
        return false;
    }
}
