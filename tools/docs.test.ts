// Documents are held to what they speak of: a code block that names a file of testdata/examples is
// that file's text, every block of JavaScript or TypeScript names one, every example is shown
// somewhere, modules are what the text beside them says (BLESS=1 rewrites them), links lead
// somewhere, and no variable of the environment or verb is left out. What the examples print:
// examples.test.ts.

import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { describe, expect, it } from "vitest";
import { parseWat } from "../src/text/wat.ts";

const EXAMPLES = "testdata/examples";
const DOCUMENTS = ["README.md", "RATIONALE.md", "src/api/guide.md", "src/api/reference.gen.md"];

const read = (path: string): string => readFileSync(path, "utf8");
const examples = readdirSync(EXAMPLES).sort();
const files = (ending: string): string[] => examples.filter((name) => name.endsWith(ending));

interface Block {
  readonly language: string;
  /** What it is an excerpt of, "" where nothing is named. */
  readonly file: string;
  readonly text: string;
}

const blocksOf = (markdown: string): Block[] =>
  [...markdown.matchAll(/^( *)```(\w+)(?: (\S+))?\n([\s\S]*?)^\1```$/gm)].map((m) => ({
    language: m[2]!,
    file: m[3] ?? "",
    text: m[4]!,
  }));

/** Lines that stand for what an excerpt leaves out. */
const GAP = /^ *(?:\/\/|;;) \.\.\.\n/m;

/** Whether the parts of an excerpt, divided by gaps, stand in a text, in order, line by line. */
function isExcerpt(excerpt: string, text: string): boolean {
  let at = 0;
  return excerpt.split(GAP).every((part) => {
    const wanted = part.replace(/^\n+|\n+$/g, "");
    const found = `\n${text}`.indexOf(`\n${wanted}\n`, at);
    at = found + wanted.length;
    return found >= 0;
  });
}

/** Names that headings have as the target of a link; the second of a name is NAME-1. */
function anchorsOf(markdown: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, title] of markdown.matchAll(/^#+ (.*)$/gm)) {
    const letters = title!.toLowerCase().replace(/[^\w\- ]/g, "");
    const name = letters.replaceAll(" ", "-");
    let anchor = name;
    for (let k = 1; anchors.has(anchor); k++) anchor = `${name}-${k}`;
    anchors.add(anchor);
  }
  return anchors;
}

const sourcesBelow = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile() && /\.(?:ts|c|h)$/.test(e.name) && !/\.(?:test|gen)\./.test(e.name))
    .map((e) => join(e.parentPath, e.name));

describe("examples", () => {
  it.each(files(".wat"))("%s is the text of the module beside it", (name) => {
    const path = join(EXAMPLES, name.replace(/wat$/, "wasm"));
    const bytes = parseWat(read(join(EXAMPLES, name)));
    if (process.env["BLESS"] === "1") writeFileSync(path, bytes);
    expect(Buffer.compare(readFileSync(path), bytes)).toBe(0);
  });

  it("are shown in a document", () => {
    const shown = new Set(DOCUMENTS.flatMap((d) => blocksOf(read(d)).map(({ file }) => file)));
    const wanted = [...files(".mjs"), ...files(".ts")].map((name) => posix.join(EXAMPLES, name));
    expect(wanted.filter((path) => !shown.has(path))).toEqual([]);
  });

  it("have an excerpt only where that is what they say", () => {
    const text = "a\nb\nc\nd\n";
    expect(isExcerpt("b\nc\n", text)).toBe(true);
    expect(isExcerpt("a\n// ...\nc\n", text)).toBe(true);
    expect(isExcerpt("a\nc\n", text)).toBe(false);
    expect(isExcerpt("c\n// ...\na\n", text)).toBe(false);
    expect(isExcerpt("a", "ab\n")).toBe(false);
  });
});

describe.each(DOCUMENTS)("%s", (path) => {
  const text = read(path);

  it("has code that is in a file", () => {
    const problems = blocksOf(text).flatMap(({ language, file, text: code }) => {
      if (file === "") return /^(?:js|ts|mjs|wat)$/.test(language) ? [`no file: ${code}`] : [];
      if (!existsSync(file)) return [`there is no ${file}`];
      return isExcerpt(code, read(file)) ? [] : [`not in ${file}: ${code}`];
    });
    if (!path.endsWith(".gen.md")) expect(problems).toEqual([]);
  });

  it("has links that lead somewhere", () => {
    const prose = text.replace(/^( *)```[\s\S]*?^\1```$/gm, "").replace(/`[^`\n]*`/g, "");
    const broken = [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, link]) => link!)
      .filter((link) => !/^https?:/.test(link))
      .filter((link) => {
        const [file, anchor] = link.split("#") as [string, string?];
        const target = file === "" ? path : posix.join(dirname(path), file);
        if (!existsSync(target)) return true;
        return anchor !== undefined && !anchorsOf(read(target)).has(anchor);
      });
    expect(broken).toEqual([]);
  });
});

describe("README.md", () => {
  const readme = read("README.md");

  it("names every variable that is looked at", () => {
    const looked = ["src", "runtime-support"]
      .flatMap(sourcesBelow)
      .flatMap((path) => [...read(path).matchAll(/(?:env\[|choice\(|stack, )"(INGOT_\w+)"/g)]);
    const names = new Set(looked.map(([, name]) => name!));
    expect(names.size).toBeGreaterThan(5);
    expect([...names].filter((name) => !readme.includes(name))).toEqual([]);
  });

  it("names every verb", () => {
    const verbs = [...read("src/cli/main.ts").matchAll(/\.command\((\w+)/g)].map(
      ([, name]) => name!,
    );
    expect(verbs.length).toBeGreaterThan(5);
    expect(verbs.filter((verb) => !readme.includes(`ingot ${verb}`))).toEqual([]);
  });
});
