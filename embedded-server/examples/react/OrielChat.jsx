// A chat with Claude over Oriel's native wire format:
// <OrielChat server="http://127.0.0.1:6743" token="…" cwd="/path/to/project" />
// The server must allow the page's origin: oriel-server serve --cors-origin http://localhost:5173

import { useEffect, useReducer, useRef, useState } from "react";

const EMPTY = { link: "connecting", state: "idle", items: [], partial: "", asks: [] };

export function OrielChat({ server, token, cwd }) {
  const [chat, dispatch] = useReducer(fold, EMPTY);
  const [prompt, setPrompt] = useState("");
  const socket = useRef(null);

  useEffect(() => {
    let gone = false;
    newSession(server, token, cwd)
      .then((id) => {
        if (gone) return;
        const ws = new WebSocket(`${server.replace(/^http/, "ws")}/v1/sessions/ws/${id}/subscribe?after=0`);
        socket.current = ws;
        // A browser cannot set the header, so the token is sent in the first frame.
        ws.onopen = () => {
          ws.send(JSON.stringify({ type: "auth", token }));
          dispatch({ type: "link", link: "live" });
        };
        ws.onmessage = (frame) => dispatch(JSON.parse(frame.data));
        ws.onclose = (end) => dispatch({ type: "link", link: end.reason || "closed" });
      })
      .catch((error) => dispatch({ type: "link", link: error.message }));
    return () => {
      gone = true;
      socket.current?.close();
    };
  }, [server, token, cwd]);

  const send = (frame) => socket.current.send(JSON.stringify(frame));

  const submit = (event) => {
    event.preventDefault();
    // The uuid makes the prompt idempotent: if it is sent twice, the server runs it once.
    send({ type: "user", uuid: crypto.randomUUID(), message: { role: "user", content: prompt } });
    setPrompt("");
  };

  const reply = (request_id, response) =>
    send({ type: "control_response", response: { subtype: "success", request_id, response } });

  const stop = () =>
    send({ type: "control_request", request_id: crypto.randomUUID(), request: { subtype: "interrupt" } });

  const live = chat.link === "live";
  return (
    <section className="oriel-chat" aria-label="Chat with Claude">
      <p role="status">{live ? chat.state : chat.link}</p>
      <ol>
        {chat.items.map((item) => (
          <li key={item.key} className={item.kind}>
            {item.text}
          </li>
        ))}
        {chat.partial && <li className="claude">{chat.partial}</li>}
      </ol>
      {chat.asks.map(({ id, tool, input }) => (
        <div key={id} role="group" aria-label={`Claude asks to use ${tool}`}>
          <pre>{JSON.stringify(input, null, 2)}</pre>
          <button onClick={() => reply(id, { behavior: "allow", updatedInput: input })}>Allow</button>
          <button onClick={() => reply(id, { behavior: "deny", message: "The user denied this." })}>Deny</button>
        </div>
      ))}
      <form onSubmit={submit}>
        <input aria-label="Prompt" value={prompt} onChange={(e) => setPrompt(e.target.value)} required />
        <button disabled={!live}>Send</button>
        <button type="button" onClick={stop} disabled={!live || chat.state === "idle"}>
          Stop
        </button>
      </form>
    </section>
  );
}

async function newSession(server, token, cwd) {
  const reply = await fetch(`${server}/v1/sessions`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify(cwd ? { cwd } : {}),
  });
  const body = await reply.json();
  if (!reply.ok) throw new Error(body.error.message);
  return body.id;
}

// Returns the chat after a frame. Unknown frames change nothing.
function fold(chat, frame) {
  switch (frame.type) {
    case "link":
      return { ...chat, link: frame.link };
    case "stream_event": {
      const delta = frame.event.delta;
      return delta?.type === "text_delta" ? { ...chat, partial: chat.partial + delta.text } : chat;
    }
    case "user":
      return { ...chat, items: [...chat.items, ...blocks(frame, "you")] };
    case "assistant":
      // The complete block follows its deltas.
      return { ...chat, partial: "", items: [...chat.items, ...blocks(frame, "claude")] };
    case "result":
      if (!frame.is_error) return chat;
      return { ...chat, items: [...chat.items, item(frame, "error", frame.result ?? "Stopped")] };
    case "system":
      return frame.subtype === "oriel_session" ? { ...chat, state: frame.session.state } : chat;
    case "control_request": {
      const { tool_name: tool, input } = frame.request;
      return tool ? { ...chat, asks: [...chat.asks, { id: frame.request_id, tool, input }] } : chat;
    }
    case "control_cancel_request":
      return { ...chat, asks: chat.asks.filter((ask) => ask.id !== frame.request_id) };
    default:
      return chat;
  }
}

function blocks(frame, kind) {
  const content = frame.message.content;
  if (typeof content === "string") return [item(frame, kind, content)];
  return content.flatMap((block, i) => {
    if (block.type === "text") return [item(frame, kind, block.text, i)];
    if (block.type === "tool_use") return [item(frame, "tool", `${block.name} ${JSON.stringify(block.input)}`, i)];
    if (block.type === "tool_result") return [item(frame, "tool", String(block.content), i)];
    return [];
  });
}

function item(frame, kind, text, part = 0) {
  return { key: `${frame.seq}-${part}`, kind, text };
}
