// A guest that waits: host functions that answer promises.

import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { Suspending, instantiate, promising } from "ingot";

async function fetchNumber(index) {
  if (index > 100) throw new RangeError(`there is no number ${index}`);
  await sleep(10);
  return index * index;
}

// The guest calls this as any function; it is suspended until the promise settles.
const net = { fetch: new Suspending(fetchNumber) };
const bytes = await readFile(new URL("suspend.wasm", import.meta.url));
const { instance } = await instantiate(bytes, { net });

// Called so, the export answers a promise, and the event loop turns meanwhile.
const total = promising(instance.exports.total);
console.log(await total(5));

// Any number of calls may be under way, in one instance as well.
console.log(await Promise.all([total(1), total(2), total(3)]));

// What rejects the promise is thrown into the guest, and comes out at the other end.
await total(102).catch((error) => console.log(error.message));

// Who calls the export itself would have to wait, which JavaScript cannot.
try {
  instance.exports.total(1);
} catch (error) {
  console.log(error.name);
}
