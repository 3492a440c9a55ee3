// Calls: who they are for, how long they may take, and who is told of them.

import { readFile } from "node:fs/promises";
import { callWith, context, instantiate } from "ingot";

const host = {
  // One function for all requests: it asks whose call it serves.
  charge: (coins) => void (context().spent += coins),
};
const listener = {
  before: ({ kind, name, args }) => console.log("->", kind, name, ...args),
  after: ({ name }) => console.log("<-", name),
  abort: ({ name }, error) => console.log("<-", name, error.name),
};
const bytes = await readFile(new URL("calls.wasm", import.meta.url));
const { instance } = await instantiate(bytes, { host }, { listener });
const { spend, forever } = instance.exports;

const request = { user: "ada", spent: 0 };
callWith({ context: request }, () => {
  spend(3);
  spend(4);
});
console.log(request);

// A guest that takes too long is stopped, wherever it is.
try {
  callWith({ timeout: 50 }, forever); // milliseconds
} catch (error) {
  console.log(error.name, error.cause.name);
}

// A signal ends calls that have not begun, or are suspended, or call a host function.
const controller = new AbortController();
controller.abort(new Error("no longer wanted"));
try {
  callWith({ signal: controller.signal }, () => spend(1));
} catch (error) {
  console.log(error.message);
}
