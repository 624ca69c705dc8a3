package dev.oriel.serve;

import java.util.Map;
import java.util.function.Function;

/// A whole number from the environment, for variables that another system has named.
final class EnvironmentNumbers {
    private EnvironmentNumbers() {}

    /// @param otherwise where the variable is not set
    /// @param refusal makes the exception for a sentence on what is wrong
    static int read(
            Map<String, String> environment,
            String name,
            int otherwise,
            int least,
            int most,
            Function<String, ? extends RuntimeException> refusal) {
        String text = environment.get(name);
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw refuse(name, least, most, refusal);
        }
        throw refuse(name, least, most, refusal);
    }

    private static RuntimeException refuse(
            String name,
            int least,
            int most,
            Function<String, ? extends RuntimeException> refusal) {
        return refusal.apply(
                "%s must be a whole number from %d to %d".formatted(name, least, most));
    }
}
