// A client of the oneshot dialect that uses only the browser's WebSocket.

const at = (id) => document.getElementById(id);

/** Runs one prompt. Calls `line` with each line of the CLI and returns the close code. */
export function run(url, prompt, line) {
  return new Promise((resolve) => {
    const socket = new WebSocket(url);
    socket.onmessage = (event) => {
      const frame = JSON.parse(event.data);
      if (frame.info !== undefined) socket.send(JSON.stringify({ prompt }));
      else line(frame);
    };
    socket.onclose = (event) => resolve(event.code);
  });
}

at("ask").addEventListener("submit", async (event) => {
  event.preventDefault();
  at("state").textContent = "Running";
  at("answer").textContent = "";
  const code = await run(at("socket").value, at("prompt").value, (frame) => {
    if (frame.type === "assistant") {
      for (const block of frame.message.content) at("answer").append(block.text ?? "");
    } else if (frame.error !== undefined) {
      at("answer").append(`${frame.error}\n`);
    }
  });
  at("state").textContent = code === 1000 ? "Done" : `Failed (${code})`;
});
