package dev.oriel.client;

import dev.oriel.message.Message;
import java.util.List;

/// A stretch of a session's messages.
///
/// @param messages oldest first, each with its `seq`
/// @param hasMore whether there are others beyond it, on the side that was asked for
public record HistoryPage(List<Message> messages, boolean hasMore) {}
