/// Branches of a conversation: forks into another session, and parts that were rewound.
@NullMarked
package dev.oriel.session.branch;

import org.jspecify.annotations.NullMarked;
