// What is wrong with a run of a script under the preload. In: its outcome, that of the same script
// under V8, and the list of modules that are meant to fall back (testdata/packages/fallbacks.txt).
// Out: sentences, none if all is well. A fallback that is not in the list is wrong, and so is one
// in the list that did not happen, so that the list says what is so.

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { ModuleReport, Outcome } from "./script.ts";

/** A module of a script that ingot is known to leave to V8. */
export interface Fallback {
  readonly script: string;
  /** As in "2.5 MiB". */
  readonly size: string;
  /** Words of the reason. */
  readonly words: string;
}

const LIST = "testdata/packages/fallbacks.txt";

/** The list: `script, size, words...` a line; `#` opens a comment. */
export function parseFallbacks(text: string): Fallback[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"));
  return lines.map((line) => {
    const [script, size, words] = line.split(", ");
    if (size === undefined || words === undefined) throw new Error(`${LIST}: "${line}"`);
    return { script: script!, size, words };
  });
}

export const readFallbacks = (): Fallback[] => parseFallbacks(readFileSync(LIST, "utf8"));

/** What is wrong with the run under V8 that the others are compared with. */
export function judgeAlone(v8: Outcome): string[] {
  if (v8.code === 0) return [];
  return [`ended with ${v8.code} under V8 itself: ${excerpt(v8)}`];
}

/** What is wrong with a run under the preload. */
export function judge(
  script: string,
  v8: Outcome,
  ours: Outcome,
  list: readonly Fallback[],
): string[] {
  const wrong: string[] = [];
  if (ours.code !== v8.code)
    wrong.push(`ended with ${ours.code}, not ${v8.code}: ${excerpt(ours)}`);
  else if (ours.stdout !== v8.stdout) wrong.push(`output differs: ${difference(ours, v8)}`);
  if (ours.code !== 0) return wrong;
  if (ours.modules.length === 0) wrong.push("the preload reported no module");
  const expected = list.filter((f) => f.script === script);
  for (const m of ours.modules.filter(({ origin }) => origin === "foreign")) {
    const known = expected.some((f) => f.size === m.size && m.more.includes(f.words));
    if (!known) wrong.push(`unexpected: ${printModule(m)}`);
  }
  for (const { size } of expected) {
    const fell = ours.modules.some((m) => m.origin === "foreign" && m.size === size);
    if (!fell) wrong.push(`the module of ${size} did not fall back: take it off ${LIST}`);
  }
  return wrong;
}

export const printModule = ({ source, size, origin, ms, more }: ModuleReport): string =>
  `${basename(source)}, ${size}: ${origin === "foreign" ? "" : `${origin}, ${ms} ms, `}${more}`;

/** The end of what a process said before it failed. */
function excerpt({ stdout, stderr }: Outcome): string {
  const said = `${stdout}\n${stderr.replaceAll(/^ingot: .*$/gm, "")}`.trim();
  return said.length > 1500 ? `...${said.slice(-1500)}` : said;
}

/** Both outputs from shortly before they part. */
function difference(ours: Outcome, v8: Outcome): string {
  let at = 0;
  while (ours.stdout[at] === v8.stdout[at]) at++;
  const from = Math.max(0, at - 30);
  const show = (text: string): string => JSON.stringify(text.slice(from, from + 120));
  return `${show(ours.stdout)} in place of ${show(v8.stdout)} (character ${at})`;
}
