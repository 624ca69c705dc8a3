package dev.oriel.app.account;

/// On which computer a server, and so its accounts and local models, are.
public enum ServerPlace {
    HERE("this computer"),
    ELSEWHERE("the server’s computer");

    private final String computer;

    ServerPlace(String computer) {
        this.computer = computer;
    }

    /// How that computer is called within a sentence.
    public String computer() {
        return computer;
    }
}
