package dev.oriel.client.compat.protocol;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The state of a [ManagerAdapter]. Immutable.
///
/// @param turns the turns that are under way, by session, in the order of their start
/// @param creating ids of the sessions whose creation was requested, oldest first
/// @param ending ids of the sessions whose end was requested, oldest first
/// @param listRequested whether the server was asked for its list and has not responded
/// @param refused whether the server refused the key
/// @param turnCount how many turns there were, for ids
record ManagerState(
        Map<String, ManagerTurn> turns,
        List<String> creating,
        List<String> ending,
        boolean listRequested,
        boolean refused,
        long turnCount) {
    /// The state of a new client.
    static final ManagerState INITIAL =
            new ManagerState(Map.of(), List.of(), List.of(), false, false, 0);

    ManagerState {
        turns = Collections.unmodifiableMap(new LinkedHashMap<>(turns));
        creating = List.copyOf(creating);
        ending = List.copyOf(ending);
    }

    /// A connection is open; the list is requested first of all.
    ManagerState connected() {
        return new ManagerState(turns, creating, ending, true, false, turnCount);
    }

    /// The connection ended, and with it everything that was under way.
    ManagerState disconnected() {
        return new ManagerState(Map.of(), List.of(), List.of(), listRequested, refused, turnCount);
    }

    ManagerState withRefusal() {
        return new ManagerState(turns, creating, ending, listRequested, true, turnCount);
    }

    ManagerState withListRequested(boolean now) {
        return new ManagerState(turns, creating, ending, now, refused, turnCount);
    }

    /// The turn of a session that has one.
    ManagerTurn turn(String session) {
        return Objects.requireNonNull(turns.get(session));
    }

    /// A new turn of a session, in place of the one it may have.
    ManagerState startTurn(String session) {
        ManagerState counted =
                new ManagerState(turns, creating, ending, listRequested, refused, turnCount + 1);
        return counted.withTurn(ManagerTurn.of(session, "manager-" + counted.turnCount));
    }

    ManagerState withTurn(ManagerTurn turn) {
        Map<String, ManagerTurn> all = new LinkedHashMap<>(turns);
        all.put(turn.session(), turn);
        return new ManagerState(all, creating, ending, listRequested, refused, turnCount);
    }

    ManagerState withoutTurn(String session) {
        Map<String, ManagerTurn> all = new LinkedHashMap<>(turns);
        all.remove(session);
        return new ManagerState(all, creating, ending, listRequested, refused, turnCount);
    }

    /// The creation of a session was requested.
    ManagerState withCreating(String id) {
        return new ManagerState(
                turns, plus(creating, id), ending, listRequested, refused, turnCount);
    }

    /// A requested session was created, or its creation was refused.
    ManagerState notCreating(String id) {
        return new ManagerState(
                turns, minus(creating, id), ending, listRequested, refused, turnCount);
    }

    /// The end of a session was requested.
    ManagerState withEnding(String id) {
        return new ManagerState(
                turns, creating, plus(ending, id), listRequested, refused, turnCount);
    }

    /// A session was ended.
    ManagerState ended(String id) {
        return withoutTurn(id).notEnding(id);
    }

    /// The end of a session was refused.
    ManagerState notEnding(String id) {
        return new ManagerState(
                turns, creating, minus(ending, id), listRequested, refused, turnCount);
    }

    private static List<String> plus(List<String> ids, String id) {
        List<String> all = minus(ids, id);
        all.add(id);
        return all;
    }

    private static List<String> minus(List<String> ids, String id) {
        List<String> all = new ArrayList<>(ids);
        all.remove(id);
        return all;
    }
}
