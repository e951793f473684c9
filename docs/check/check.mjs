// Checks every Markdown file of the project: Mermaid blocks parse, and relative links resolve.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { JSDOM } from 'jsdom';

const { window } = new JSDOM('');
globalThis.window = window;
globalThis.document = window.document;
const { default: mermaid } = await import('mermaid');

const files = markdownFiles('.');
const faults = [];
let pictures = 0;
let links = 0;

for (const file of files) {
  const text = readFileSync(file, 'utf8');
  await checkPictures(file, text);
  checkLinks(file, text);
}
faults.forEach((fault) => console.error(fault));
console.log(`${files.length} files, ${pictures} Mermaid pictures, ${links} links: ${faults.length} faults`);
process.exit(faults.length === 0 && pictures > 0 && links > 0 ? 0 : 1);

function markdownFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return ['.git', 'target', 'node_modules'].includes(entry.name) ? [] : markdownFiles(path);
    }
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

async function checkPictures(file, text) {
  for (const match of text.matchAll(/^```mermaid\n(.*?)^```/gms)) {
    pictures++;
    try {
      await mermaid.parse(match[1]);
    } catch (e) {
      faults.push(`${file}:${lineOf(text, match.index)}: Mermaid: ${e.message}`);
    }
  }
}

function checkLinks(file, text) {
  const prose = text.replace(/^```.*?^```/gms, (block) => block.replace(/[^\n]/g, ' '));
  for (const match of prose.matchAll(/\]\(([^)\s]+)\)/g)) {
    const [path, anchor] = match[1].split('#');
    if (/^[a-z]+:/.test(path)) {
      continue; // other sites are not ours to check
    }
    links++;
    const target = path === '' ? file : normalize(join(dirname(file), path));
    if (!existsSync(target)) {
      faults.push(`${file}:${lineOf(text, match.index)}: link to ${match[1]} (expected: a file that exists)`);
    } else if (anchor && !anchorsOf(target).has(anchor)) {
      faults.push(`${file}:${lineOf(text, match.index)}: link to ${match[1]} (expected: a heading of ${target})`);
    }
  }
}

// As GitHub makes them.
function anchorsOf(file) {
  const headings = readFileSync(file, 'utf8').matchAll(/^#+ (.*)$/gm);
  return new Set(
    [...headings].map(([, heading]) =>
      heading.trim().toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/ /g, '-')));
}

function lineOf(text, index) {
  return text.slice(0, index).split('\n').length;
}
