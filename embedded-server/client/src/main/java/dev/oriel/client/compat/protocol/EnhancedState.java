package dev.oriel.client.compat.protocol;

import org.jspecify.annotations.Nullable;

/// The state of an [EnhancedAdapter]. Immutable.
///
/// @param running whether a query is under way
/// @param resultReceived whether the server has sent the result of the last query
/// @param interrupted whether the last query was interrupted
/// @param endFollows whether another frame that ends an earlier query is still to come
/// @param messages how many messages were received, for their ids
/// @param conversation the CLI's session to resume; null for none
/// @param options of the next query
record EnhancedState(
        boolean running,
        boolean resultReceived,
        boolean interrupted,
        boolean endFollows,
        long messages,
        @Nullable String conversation,
        Options options) {
    /// The state of a new client.
    static final EnhancedState INITIAL =
            new EnhancedState(false, false, false, false, 0, null, new Options(null, null, null));

    EnhancedState withRunning(boolean now) {
        return with(now, resultReceived, interrupted, endFollows);
    }

    EnhancedState withResult(boolean received) {
        return with(running, received, interrupted, endFollows);
    }

    EnhancedState started() {
        return with(true, false, false, endFollows);
    }

    EnhancedState stopping() {
        return with(running, resultReceived, true, endFollows);
    }

    EnhancedState withEndFollows(boolean follows) {
        return with(running, resultReceived, interrupted, follows);
    }

    private EnhancedState with(boolean runs, boolean received, boolean stops, boolean follows) {
        return new EnhancedState(runs, received, stops, follows, messages, conversation, options);
    }

    EnhancedState withConversation(@Nullable String id) {
        return new EnhancedState(
                running, resultReceived, interrupted, endFollows, messages, id, options);
    }

    EnhancedState withOptions(Options chosen) {
        return new EnhancedState(
                running, resultReceived, interrupted, endFollows, messages, conversation, chosen);
    }

    EnhancedState nextMessage() {
        return new EnhancedState(
                running,
                resultReceived,
                interrupted,
                endFollows,
                messages + 1,
                conversation,
                options);
    }

    /// What the user chose; null for the server's choice.
    record Options(@Nullable String cwd, @Nullable String mode, @Nullable String model) {
        Options with(@Nullable String newMode, @Nullable String newModel) {
            return new Options(
                    cwd, newMode == null ? mode : newMode, newModel == null ? model : newModel);
        }
    }
}
