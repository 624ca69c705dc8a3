package dev.oriel.client.compat;

import dev.oriel.client.ClientException;
import dev.oriel.client.FoundMessages;
import dev.oriel.client.HistoryPage;
import dev.oriel.client.PromptLines;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Graphemes;
import dev.oriel.message.Message;
import dev.oriel.message.MessageSeq;
import dev.oriel.message.find.InvalidQueryException;
import dev.oriel.message.find.MessageText;
import dev.oriel.message.find.SearchDeadline;
import dev.oriel.message.find.SlowQueryException;
import dev.oriel.message.find.TextMatcher;
import dev.oriel.message.find.TextPrefilter;
import dev.oriel.message.find.TextQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;

/// Searches the messages that a client keeps of a session, page by page, as the native server
/// searches its journal. Any thread but the client's lane.
final class KeptSearch {
    private static final long LONGEST = Duration.ofSeconds(1).toNanos();
    private static final int PAGE = 1_000;
    private static final int PROMPT_LENGTH = 200;

    private final MessageHistory history;

    KeptSearch(MessageHistory history) {
        this.history = history;
    }

    /// One page; see [dev.oriel.client.ServerClient#find].
    FoundMessages find(TextQuery query, long before, long after) {
        HistoryPage page = history.before(before, PAGE);
        List<FoundMessages.Hit> hits = new ArrayList<>();
        try {
            TextMatcher matcher = query.matcher();
            TextPrefilter prefilter = query.prefilter();
            SearchDeadline deadline = SearchDeadline.in(LONGEST);
            for (Message message : page.messages().reversed()) {
                long seq = MessageSeq.of(message);
                int count =
                        seq <= after || !prefilter.mayMatch(message)
                                ? 0
                                : matcher.find(MessageText.of(message), deadline, (_, _) -> {});
                if (count > 0) {
                    hits.add(new FoundMessages.Hit(seq, count));
                }
            }
        } catch (InvalidQueryException e) {
            throw new CompletionException(
                    new ClientException(ErrorCode.BAD_REQUEST, String.valueOf(e.getMessage())));
        } catch (SlowQueryException e) {
            throw new CompletionException(
                    new ClientException(ErrorCode.TOO_SLOW, String.valueOf(e.getMessage())));
        }
        return new FoundMessages(hits, next(page, after));
    }

    /// One page; see [dev.oriel.client.ServerClient#prompts].
    PromptLines prompts(long before) {
        HistoryPage page = history.before(before, PAGE);
        List<PromptLines.Line> lines = new ArrayList<>();
        for (Message message : page.messages().reversed()) {
            String text = MessageText.ofPrompt(message).strip();
            if (!text.isEmpty()) {
                lines.add(
                        new PromptLines.Line(
                                MessageSeq.of(message),
                                Graphemes.truncate(text, PROMPT_LENGTH),
                                message.tree().path("timestamp").asText("")));
            }
        }
        return new PromptLines(lines, next(page, 0));
    }

    private static long next(HistoryPage page, long after) {
        long first = page.messages().isEmpty() ? 0 : MessageSeq.of(page.messages().getFirst());
        return page.hasMore() && first > after + 1 ? first : 0;
    }
}
