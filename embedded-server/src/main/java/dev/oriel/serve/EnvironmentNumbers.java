package dev.oriel.serve;

import java.util.Map;
import java.util.function.Function;

/// Parses whole numbers from environment variables.
final class EnvironmentNumbers {
    private EnvironmentNumbers() {}

    /// The number of a variable.
    ///
    /// @param defaultValue if the variable is not set
    /// @param exception creates the exception for an invalid value from a sentence
    static int read(
            Map<String, String> environment,
            String name,
            int defaultValue,
            int min,
            int max,
            Function<String, ? extends RuntimeException> exception) {
        String text = environment.get(name);
        if (text == null || text.isBlank()) {
            return defaultValue;
        }
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw invalid(name, min, max, exception);
        }
        throw invalid(name, min, max, exception);
    }

    private static RuntimeException invalid(
            String name, int min, int max, Function<String, ? extends RuntimeException> exception) {
        return exception.apply("%s must be a whole number from %d to %d".formatted(name, min, max));
    }
}
