package dev.oriel.account.check;

/// Programs that run models and speak the Messages API, with the ports on which they usually
/// listen.
public enum LocalProgram {
    OLLAMA("Ollama", 11_434),
    LM_STUDIO("LM Studio", 1_234),
    LLAMA_CPP("llama.cpp", 8_080),
    VLLM("vLLM", 8_000);

    private final String displayName;
    private final int port;

    LocalProgram(String displayName, int port) {
        this.displayName = displayName;
        this.port = port;
    }

    public String displayName() {
        return displayName;
    }

    int port() {
        return port;
    }
}
