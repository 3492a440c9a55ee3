// Which compiler this is. In: package.json, which stands above src/ or dist/. Out: the version, and
// a stamp that tells builds of one version apart: a checkout that is worked on changes its code
// without changing its version, and must not be handed code that it made yesterday.

import { readFileSync, statSync } from "node:fs";

const isSource = import.meta.url.endsWith(".ts");
const above = (path: string): URL =>
  new URL(`${isSource ? "../.." : "../../.."}/${path}`, import.meta.url);

let version: string | undefined;

/** The version in package.json. */
export function versionText(): string {
  version ??= (JSON.parse(readFileSync(above("package.json"), "utf8")) as { version: string })
    .version;
  return version;
}

/** What tsc last wrote in a checkout, "" in an installed package, which has no record of that. */
export function buildStamp(): string {
  const found = statSync(above("dist/build.tsbuildinfo"), { throwIfNoEntry: false });
  return found === undefined ? "" : `${found.mtimeMs} ${found.size}`;
}
