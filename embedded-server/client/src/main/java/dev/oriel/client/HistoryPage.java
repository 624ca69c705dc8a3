package dev.oriel.client;

import dev.oriel.message.Message;
import java.util.List;

/// Successive messages of a session.
///
/// @param messages oldest first, each with its `seq`
/// @param hasMore whether there are more in the requested direction
public record HistoryPage(List<Message> messages, boolean hasMore) {}
