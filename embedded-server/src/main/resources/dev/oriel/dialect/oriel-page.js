// Code shared by the pages of Oriel's dialects: the token, the socket, the list of frames.

const MOST_FRAMES = 500;
const TOKEN = "oriel-token";

export const byId = (id) => document.getElementById(id);

/** Creates an element with text or children; markup is never parsed. */
export function element(tag, className, ...content) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

/** Appends to a scrolling list, which stays at its end if it was there. */
export function addTo(list, child) {
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 48;
  list.append(child);
  if (atEnd) list.scrollTop = list.scrollHeight;
  return child;
}

export function showStatus(text, state = "") {
  const status = byId("status");
  status.textContent = text;
  status.dataset.state = state;
}

export const pretty = (value) => JSON.stringify(value, null, 2);

/** Shows a complete frame; `way` is "in" or "out". */
export function showFrame(way, text, title) {
  let body = text;
  try {
    body = pretty(JSON.parse(text));
  } catch {
    // Shown unchanged.
  }
  const now = new Date();
  const summary = element(
    "summary", "",
    element("span", "way", way === "in" ? "← " : "→ "),
    title + " ",
    element("time", "", now.toLocaleTimeString()),
  );
  const list = byId("frames");
  addTo(list, element("details", "frame " + way, summary, element("pre", "", body)));
  while (list.childElementCount > MOST_FRAMES) list.firstElementChild.remove();
}

/** Whether this server needs a token; the page itself contains none. */
export const needsToken = document.documentElement.dataset.token === "needed";

export const token = () => sessionStorage.getItem(TOKEN) ?? "";

/** Shows the form for the token; `then` runs after the user has entered one. */
export function showLogin(then) {
  const form = byId("login");
  form.hidden = false;
  showStatus("The server wants its token", "bad");
  byId("token").focus();
  form.onsubmit = (event) => {
    event.preventDefault();
    sessionStorage.setItem(TOKEN, byId("token").value.trim());
    byId("token").value = "";
    form.hidden = true;
    then();
  };
}

/** Opens a socket to this page's server and logs in; the token is not shown in the list of frames. */
export function openSocket(path, { onFrame, onClosed }) {
  const url = new URL(path, location.href);
  url.protocol = url.protocol.replace("http", "ws");
  const socket = new WebSocket(url);
  socket.onopen = () => {
    if (needsToken) socket.send(JSON.stringify({ type: "auth", token: token() }));
  };
  socket.onmessage = (event) => onFrame(event.data);
  socket.onclose = (event) => onClosed(event.code, event.reason);
  return socket;
}

/** Renders one message of the agent. */
export function showMessage(list, message) {
  switch (message.type) {
    case "assistant":
    case "user":
      showBlocks(list, message.message?.content ?? []);
      break;
    case "result":
      addTo(list, element("p", message.is_error ? "turn error" : "turn quiet", ending(message)));
      break;
    default:
      // All other messages are shown in the list of frames only.
  }
}

function showBlocks(list, content) {
  if (typeof content === "string") content = [{ type: "text", text: content }];
  for (const block of content) {
    if (block.type === "text") {
      addTo(list, element("div", "turn", block.text));
    } else if (block.type === "thinking") {
      addTo(list, element("details", "turn quiet", element("summary", "", "Thinking"), block.thinking));
    } else if (block.type === "tool_use") {
      const input = element("code", "", JSON.stringify(block.input));
      addTo(list, element("div", "turn tool", element("strong", "", block.name), " ", input));
    } else if (block.type === "tool_result") {
      const text = typeof block.content === "string" ? block.content : pretty(block.content);
      const kind = block.is_error ? "Tool failed" : "Result of the tool";
      addTo(list, element("details", "turn quiet", element("summary", "", kind), element("pre", "", text)));
    }
  }
}

function ending(result) {
  const parts = [result.is_error ? "Ended with an error" : "Done"];
  if (result.is_error && typeof result.result === "string") parts[0] += ": " + result.result;
  if (result.duration_ms) parts.push((result.duration_ms / 1000).toFixed(1) + " s");
  if (result.total_cost_usd) parts.push("$" + result.total_cost_usd.toFixed(4));
  return parts.join(" · ");
}

/** Enter sends; Shift+Enter begins a new line. */
export function sendOnEnter(textarea) {
  textarea.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      textarea.form.requestSubmit();
    }
  });
}
