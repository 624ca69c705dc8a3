// A minimal relay: one CLI per socket, one line per frame in both directions. No journal, no sessions, no login.
const { spawn } = require('node:child_process')
const readline = require('node:readline')
const { WebSocketServer } = require('ws')

const server = new WebSocketServer({ host: '127.0.0.1', port: 0 }, () =>
  console.log(`listening on http://127.0.0.1:${server.address().port}`))

server.on('connection', socket => {
  const cli = spawn(process.argv[2], ['--output-format', 'stream-json', '--input-format', 'stream-json', '--verbose'],
    { stdio: ['pipe', 'pipe', 'inherit'] })
  socket.on('message', text => cli.stdin.write(text + '\n'))
  readline.createInterface({ input: cli.stdout }).on('line', line => socket.send(line))
  socket.on('close', () => cli.kill())
})
