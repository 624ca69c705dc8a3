package dev.oriel.session.control;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What holds for one subtype of control requests.
///
/// @param least who may send it
/// @param members what a request may say beside its subtype, and within which bounds
/// @param others what members may be that are not listed; null where there are none
/// @param reason why it is refused; empty where it is not
record ControlRule(
        Role least,
        ControlEffect effect,
        Map<String, ValueRule> members,
        @Nullable ValueRule others,
        String reason) {
    ControlRule {
        members = Map.copyOf(members);
    }

    /// @return null if there can be no such member
    @Nullable ValueRule of(String member) {
        return members.getOrDefault(member, others);
    }
}
