// Whose files are good enough to run what is in them. In: what the file system says about a file or
// directory of the cache. Out: why it is not to be used.

import { constants, openSync } from "node:fs";
import type { Stats } from "node:fs";

/** User IDs whose files are as good as our own: ours and root's; undefined where there are none. */
const trusted = (): readonly number[] | undefined =>
  process.geteuid === undefined ? undefined : [process.geteuid(), 0];

/** Why others could have put a file or directory there, or changed it. */
export function foreign(stats: Stats): string | undefined {
  const users = trusted();
  if (users === undefined) return undefined;
  if (!users.includes(stats.uid)) return "it belongs to somebody else";
  const mode = (stats.mode & 0o7777).toString(8).padStart(4, "0");
  return (stats.mode & 0o022) === 0 ? undefined : `others may write to it (mode ${mode})`;
}

// A link is not followed, a fifo does not wait for its other end.
const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

/** Opens what may be a file of ours; throws the errors of the file system. */
export const openFile = (path: string): number =>
  openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
