#!/usr/bin/env python3
"""Provides a tool that runs in this program, and sends a prompt to Claude.

    python3 tool_client.py "How many words are in 'To be or not to be'? Use the tool count_words."

Uses only Oriel's native wire format; see "Tools of a client" in PROTOCOL.md.
Needs the package `websockets` (Debian: python3-websockets).
"""

import argparse
import asyncio
import json
import pathlib
import sys
import urllib.request

import websockets

TOOL = {
    "name": "count_words",
    "description": "Counts the words of a text, exactly.",
    "parameters": {"text": "string"},
    "timeout_ms": 5000,
}


def count_words(text):
    return {"words": len(text.split())}


def new_session(server, token, cwd):
    request = urllib.request.Request(
        f"{server}/v1/sessions",
        data=json.dumps({"cwd": str(cwd), "title": "Counting words"}).encode(),
        headers={"Authorization": f"Bearer {token}"},
        method="POST",
    )
    with urllib.request.urlopen(request) as reply:
        return json.load(reply)["id"]


def verdict(ask, allow):
    """Asks the user whether Claude may use a tool."""
    if not allow:
        call = f"{ask['tool_name']} {json.dumps(ask['input'], ensure_ascii=False)}"
        allow = input(f"Claude wants to use {call}\nAllow? [y/N] ").strip().lower() == "y"
    if allow:
        return {"behavior": "allow", "updatedInput": ask["input"]}
    return {"behavior": "deny", "message": "The user denied this."}


def output_of(call):
    try:
        return {"output": count_words(**call["input"])}
    except TypeError as e:
        return {"output": str(e), "is_error": True}


async def converse(socket, prompt, allow):
    async def send(frame):
        await socket.send(json.dumps(frame))

    await send({"type": "define_tool", "tool": TOOL})
    await send({"type": "user", "message": {"role": "user", "content": prompt}})
    async for text in socket:
        frame = json.loads(text)
        kind = frame["type"]
        if kind == "tool_call":
            call = frame["data"]
            print(f"[count_words is called with {json.dumps(call['input'])}]", file=sys.stderr)
            await send({"type": "tool_output", "call_id": call["call_id"], **output_of(call)})
        elif kind == "control_request" and frame["request"]["subtype"] == "can_use_tool":
            answer = await asyncio.to_thread(verdict, frame["request"], allow)
            response = {"subtype": "success", "request_id": frame["request_id"], "response": answer}
            await send({"type": "control_response", "response": response})
        elif kind == "assistant":
            for block in frame["message"]["content"]:
                if block["type"] == "text":
                    print(block["text"], flush=True)
        elif kind == "result":
            return 1 if frame["is_error"] else 0
        elif kind == "error":
            print(frame["error"]["message"], file=sys.stderr)
            return 2
    return 3  # the server closed the connection


async def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("prompt")
    parser.add_argument("--server", default="http://127.0.0.1:6743")
    parser.add_argument("--token-file", type=pathlib.Path, help="the file `token` in the server's data folder")
    parser.add_argument("--cwd", type=pathlib.Path, default=pathlib.Path.cwd(), help="the folder Claude works in")
    parser.add_argument("--allow", action="store_true", help="allow every tool without asking")
    args = parser.parse_args()

    token = args.token_file.read_text().strip() if args.token_file else ""
    session = new_session(args.server, token, args.cwd.resolve())
    address = args.server.replace("http", "ws", 1) + f"/v1/sessions/ws/{session}/subscribe"
    async with websockets.connect(address, max_size=None) as socket:
        await socket.send(json.dumps({"type": "auth", "token": token}))
        return await converse(socket, args.prompt, args.allow)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
