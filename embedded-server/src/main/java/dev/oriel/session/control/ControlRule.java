package dev.oriel.session.control;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rule for one subtype of control requests.
///
/// @param least the least role that may send it
/// @param members members of a request besides its subtype, with the values they may have
/// @param others values of members that are not listed; null if there are none
/// @param reason why the subtype is refused; empty if it is not
record ControlRule(
        Role least,
        ControlEffect effect,
        Map<String, ValueRule> members,
        @Nullable ValueRule others,
        String reason) {
    ControlRule {
        members = Map.copyOf(members);
    }

    /// @return null if there is no such member
    @Nullable ValueRule of(String member) {
        return members.getOrDefault(member, others);
    }
}
