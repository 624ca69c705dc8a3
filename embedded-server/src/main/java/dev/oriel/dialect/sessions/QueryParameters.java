package dev.oriel.dialect.sessions;

import dev.oriel.dialect.HttpCall;
import dev.oriel.session.api.BadRequestException;
import org.jspecify.annotations.Nullable;

/// The parameters of a request, checked in the same way on all routes.
final class QueryParameters {
    /// The most digits of a number.
    private static final int MOST_DIGITS = 18;

    private QueryParameters() {}

    /// @return null if it is missing
    /// @throws BadRequestException if it is no number in ASCII digits, or too small or too large
    static @Nullable Long number(HttpCall call, String name, long least)
            throws BadRequestException {
        String text = call.query().get(name);
        if (text == null) {
            return null;
        }
        if (!text.isEmpty()
                && text.length() <= MOST_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            long value = Long.parseLong(text);
            if (value >= least) {
                return value;
            }
        }
        throw new BadRequestException(name + " must be a number, at least " + least);
    }

    /// The parameter `limit`.
    ///
    /// @param most a greater limit counts as this one
    static int limit(HttpCall call, int otherwise, int most) throws BadRequestException {
        Long limit = number(call, "limit", 1);
        if (limit != null && limit > Integer.MAX_VALUE) {
            throw new BadRequestException("limit must be a number, at most " + Integer.MAX_VALUE);
        }
        return limit == null ? otherwise : (int) Math.min(limit, most);
    }

    /// @return false if it is missing
    static boolean flag(HttpCall call, String name) throws BadRequestException {
        return switch (call.query().getOrDefault(name, "false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new BadRequestException(name + " must be true or false");
        };
    }

    /// @return empty if it is missing
    static String text(HttpCall call, String name, int most) throws BadRequestException {
        String text = call.query().getOrDefault(name, "");
        if (text.length() > most) {
            throw new BadRequestException(name + " must have at most " + most + " characters");
        }
        if (text.indexOf('\0') >= 0) {
            throw new BadRequestException(name + " must not contain the character U+0000");
        }
        return text;
    }
}
