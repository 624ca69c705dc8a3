package dev.oriel.app.conversation.fold;

import dev.oriel.app.conversation.item.Item;

/// The last prompt, if the CLI accepted it but nobody is logged in. It can be sent again from the
/// end of the conversation, until another prompt is sent.
public final class UnansweredPrompt {
    public static final String RETRY = "unanswered:retry";

    private String prompt = "";
    private boolean refused;

    /// Whether the turn is over. Only then the prompt can be sent again.
    private boolean over;

    /// @param text the whole prompt; empty if it cannot be sent again
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

    /// @return the prompt to be sent again, once; empty if there is none
    String take() {
        String again = refused ? prompt : "";
        refused = false;
        return again;
    }

    /// Adds the offer to send again after all items, or removes it.
    void show(ItemWindow window) {
        if (!refused || !over) {
            hide(window);
            return;
        }
        Item offer = new Item.Retry(RETRY, 0);
        int at = window.items().lastIndexOf(offer);
        boolean last =
                at >= 0
                        && window.items().subList(at, window.items().size()).stream()
                                .allMatch(i -> i.seq() == 0);
        if (!last) {
            hide(window);
            window.put(offer);
        }
    }

    void hide(ItemWindow window) {
        window.removeStreamed(RETRY);
    }
}
