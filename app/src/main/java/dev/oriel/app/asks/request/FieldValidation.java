package dev.oriel.app.asks.request;

import dev.oriel.app.text.EscapedText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Validates the value of a field against its schema before it is sent.
public final class FieldValidation {
    /// The most digits of a number.
    private static final int DIGITS = 100;

    private static final int EXPONENT = 400;

    /// The most characters that a pattern may read. A pattern that backtracks for longer would
    /// block the window; the value is sent then, and the server checks it.
    private static final int STEPS = 200_000;

    private static final Pattern MAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");

    private FieldValidation() {}

    /// What is wrong with the value, as a sentence for the user; null if it is valid.
    public static @Nullable String problem(Elicitation.Field field, String value) {
        String trimmed = value.strip();
        if (trimmed.isEmpty()) {
            return missing(field);
        }
        return switch (field.type()) {
            case BOOLEAN, CHOICE -> null;
            case CHOICES ->
                    count(field.limits(), value.split(Elicitation.SEPARATOR).length, "choice");
            case NUMBER -> number(field.limits(), trimmed);
            case INTEGER ->
                    integer(trimmed) == null
                            ? "Enter a whole number, such as 3."
                            : number(field.limits(), trimmed);
            case TEXT -> text(field.limits(), value);
        };
    }

    private static @Nullable String missing(Elicitation.Field field) {
        return switch (field.type()) {
            case BOOLEAN -> null;
            case CHOICE -> field.required() ? "Choose one of these." : null;
            case CHOICES -> field.required() ? count(field.limits(), 0, "choice") : null;
            case TEXT, NUMBER, INTEGER -> field.required() ? "This field is required." : null;
        };
    }

    private static @Nullable String text(Elicitation.Limits limits, String value) {
        String wrong = count(limits, value.codePointCount(0, value.length()), "character");
        if (wrong != null) {
            return wrong;
        }
        if (limits.pattern() != null && !matches(limits.pattern(), value)) {
            return "This must match the pattern " + EscapedText.of(limits.pattern().pattern());
        }
        return switch (limits.format()) {
            case "email" ->
                    MAIL.matcher(value).matches()
                            ? null
                            : "Enter an e-mail address, such as name@example.org.";
            case "uri" -> isUri(value) ? null : "Enter a URL, such as https://example.org.";
            case "date" -> isDate(value) ? null : "Enter a date, such as 2026-01-31.";
            case "date-time" ->
                    isTime(value) ? null : "Enter a date and time, such as 2026-01-31T10:15:00Z.";
            default -> null;
        };
    }

    private static @Nullable String count(Elicitation.Limits limits, int now, String of) {
        if (now < limits.least()) {
            return "At least " + counted(limits.least(), of) + ", now " + now + ".";
        }
        return now > limits.most()
                ? "At most " + counted(limits.most(), of) + ", now " + now + "."
                : null;
    }

    private static String counted(int n, String of) {
        return n + " " + of + (n == 1 ? "" : "s");
    }

    private static @Nullable String number(Elicitation.Limits limits, String value) {
        BigDecimal number = decimal(value);
        if (number == null) {
            return "Enter a number, such as 1.5.";
        }
        if (limits.minimum() != null && number.compareTo(limits.minimum()) < 0) {
            return "At least " + limits.minimum().toPlainString() + ".";
        }
        return limits.maximum() != null && number.compareTo(limits.maximum()) > 0
                ? "At most " + limits.maximum().toPlainString() + "."
                : null;
    }

    public static @Nullable BigDecimal decimal(String value) {
        try {
            BigDecimal number = value.length() > DIGITS ? null : new BigDecimal(value);
            return number == null || Math.abs((long) number.scale()) > EXPONENT ? null : number;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    public static @Nullable BigInteger integer(String value) {
        try {
            return value.length() > DIGITS ? null : new BigInteger(value);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static boolean matches(Pattern pattern, String value) {
        try {
            return pattern.matcher(new Counted(value, new int[1])).find();
        } catch (TooLong | StackOverflowError e) {
            return true;
        }
    }

    private static boolean isUri(String value) {
        try {
            return new URI(value).isAbsolute();
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isDate(String value) {
        try {
            LocalDate.parse(value);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isTime(String value) {
        try {
            OffsetDateTime.parse(value);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooLong() {
            super("a pattern takes too long", null, false, false);
        }
    }

    /// A text that aborts a match which reads too many characters.
    private record Counted(CharSequence text, int[] looks) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++looks[0] > STEPS) {
                throw new TooLong();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text.subSequence(start, end), looks);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
