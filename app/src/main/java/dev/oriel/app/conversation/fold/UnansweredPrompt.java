package dev.oriel.app.conversation.fold;

import dev.oriel.app.conversation.item.Item;

/// The last prompt, if the CLI took it and nobody is logged in: it can be sent again from the end
/// of the conversation, until another one is sent.
public final class UnansweredPrompt {
    public static final String RETRY = "unanswered:retry";

    private String prompt = "";
    private boolean refused;

    /// Whether the turn is over; only then it can be sent again at once.
    private boolean over;

    /// @param text all of it, or nothing if it cannot be sent again
    void set(String text) {
        prompt = text;
        refused = false;
        over = false;
    }

    void markRefused() {
        refused = !prompt.isBlank();
    }

    void finishTurn() {
        over = true;
    }

    /// @return what is to be sent again, once
    String take() {
        String again = refused ? prompt : "";
        refused = false;
        return again;
    }

    /// Puts the offer behind all that was said since.
    void show(ItemWindow stretch) {
        if (!refused || !over) {
            hide(stretch);
            return;
        }
        Item offer = new Item.Retry(RETRY, 0);
        int at = stretch.items().lastIndexOf(offer);
        boolean last =
                at >= 0
                        && stretch.items().subList(at, stretch.items().size()).stream()
                                .allMatch(i -> i.seq() == 0);
        if (!last) {
            hide(stretch);
            stretch.put(offer);
        }
    }

    void hide(ItemWindow stretch) {
        stretch.removeStreamed(RETRY);
    }
}
