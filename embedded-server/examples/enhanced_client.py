#!/usr/bin/env python3
"""Sends queries to Claude on one socket, in sequence. They continue one conversation.

    python3 enhanced_client.py "What is in this folder?" "And which of these files is the largest?"

What is typed while Claude works goes into the running turn (`input`); Ctrl-C stops it (`interrupt`).
This is the wire of the enhanced dialect: see DIALECTS.md.
Needs the package `websockets` (Debian: python3-websockets).
"""

import argparse
import asyncio
import json
import pathlib
import signal
import sys

import websockets

# Each of these ends a query.
ENDS = {"query_end": 0, "query_cancelled": 130, "error": 1}


def show(block):
    if block["type"] == "text":
        print(block["text"], flush=True)
    elif block["type"] == "tool_use":
        print(f"[{block['name']} {json.dumps(block['input'], ensure_ascii=False)}]", file=sys.stderr)
    elif block["type"] == "tool_result" and block["is_error"]:
        print(f"[failed: {block['content']}]", file=sys.stderr)


async def run_query(socket, prompt, options):
    await socket.send(json.dumps({"type": "query", "prompt": prompt, "options": options}))
    async for text in socket:
        frame = json.loads(text)
        kind, data = frame["type"], frame.get("data", {})
        if kind == "assistant_message":
            for block in data["content"]:
                show(block)
        elif kind == "result_message":
            cost, total = data["cost_usd"], data["total_cost_usd"]
            print(f"[{data['num_turns']} turns, ${cost:.4f}, ${total:.4f} so far]", file=sys.stderr)
        elif kind == "error":
            print(data["error"], file=sys.stderr)
        if kind in ENDS:
            return ENDS[kind]
    return 3  # the server closed the connection


async def forward_stdin(socket):
    """Reads standard input until its end. A line read between two queries is used by the next one."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    try:
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    except ValueError:
        return  # a file cannot be read interactively
    while line := await reader.readline():
        await socket.send(json.dumps({"type": "input", "text": line.decode().strip()}))


async def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("prompts", nargs="+")
    parser.add_argument("--url", default="ws://127.0.0.1:8000/ws")
    parser.add_argument("--token-file", type=pathlib.Path, help="the file `token` in the server's data folder")
    parser.add_argument("--cwd", type=pathlib.Path, default=pathlib.Path.cwd(), help="the folder Claude works in")
    parser.add_argument("--allow", default="", help="tools that run without asking, as Read,Bash")
    args = parser.parse_args()

    options = {
        "cwd": str(args.cwd.resolve()),
        "allowed_tools": [tool for tool in args.allow.split(",") if tool],
    }
    async with websockets.connect(args.url, max_size=None) as socket:
        if args.token_file:
            await socket.send(json.dumps({"type": "auth", "token": args.token_file.read_text().strip()}))
        first = json.loads(await socket.recv())
        print(f"[connected: {first['data']['session_id']}]", file=sys.stderr)

        def interrupt():
            asyncio.ensure_future(socket.send(json.dumps({"type": "interrupt"})))

        asyncio.get_running_loop().add_signal_handler(signal.SIGINT, interrupt)
        typed = asyncio.ensure_future(forward_stdin(socket))
        code = 0
        for prompt in args.prompts:
            code = await run_query(socket, prompt, options)
            if code:
                break
        typed.cancel()
        return code


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
