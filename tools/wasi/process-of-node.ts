// The process that node.ts starts: a program's world in the TypeScript host, played by messages.

import { openDirectory } from "../../src/wasi/hostfs.ts";
import { Exit } from "./guest.ts";
import type { Guest } from "./guest.ts";
import { hostOf } from "./inside.ts";
import type { Reply, Request } from "./node.ts";

const host = hostOf("node", openDirectory);
let guest: Guest | undefined;

async function perform(request: Request): Promise<unknown> {
  if ("start" in request) {
    const world = { ...request.start, stdin: 0, stdout: 1 };
    guest = await host.start(world);
    return guest.names;
  }
  if ("call" in request) return guest!.call(request.call, ...request.args);
  if ("read" in request) return guest!.read(...request.read);
  return guest!.write(...request.write);
}

async function answer(request: Request): Promise<Reply> {
  try {
    return { value: await perform(request) };
  } catch (error) {
    if (error instanceof Exit) return { exit: error.code };
    return { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

process.on("message", (request: Request) => {
  void answer(request).then((reply) => process.send!(reply));
});
