// Which compiler this is. In: package.json, which stands above src/ or dist/. Out: the version, and
// a stamp that tells builds of one version apart: a checkout that is worked on changes its code
// without changing its version, and must not be handed code that it made yesterday.

import { readFileSync, statSync } from "node:fs";

const isSource = import.meta.url.endsWith(".ts");
const above = (path: string): URL =>
  new URL(`${isSource ? "../.." : "../../.."}/${path}`, import.meta.url);

let version: string | undefined;
let stamp: string | undefined;

/** The version in package.json. */
export function versionText(): string {
  version ??= (JSON.parse(readFileSync(above("package.json"), "utf8")) as { version: string })
    .version;
  return version;
}

/**
 * Which build of a checkout this is: the sum of the compiler's files that `make build` left, or, if
 * somebody else has built since, the time of that. An installed package has neither: "".
 */
export function buildStamp(): string {
  stamp ??= readStamp(); // of the build that was loaded, not of one made since
  return stamp;
}

function readStamp(): string {
  const built = statSync(above("dist/build.tsbuildinfo"), { throwIfNoEntry: false });
  if (built === undefined) return "";
  const stamped = statSync(above("dist/stamp"), { throwIfNoEntry: false });
  const isCurrent = stamped !== undefined && stamped.mtimeMs >= built.mtimeMs;
  return isCurrent ? readFileSync(above("dist/stamp"), "utf8") : `${built.mtimeMs}`;
}
