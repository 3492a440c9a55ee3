// Keeps V8 from optimising the compiler while there is little to compile. In: how much code is
// going to be compiled, again and again. The work is over before optimised functions would pay:
// making them takes several times as long as all the rest, on other threads, and this one waits for
// those whenever it collects garbage. From some amount on it is worth it.
//
// V8's flags bind the whole process, which is not ours. But a thread in which calls are counted,
// for the coverage that its inspector can tell, optimises nothing: counting is exact only so.

import { createRequire } from "node:module";
import type { Session } from "node:inspector";

/** Bytes of function bodies from which optimised code pays for itself. */
const PAYS = 100_000;
/** Bytes that are compiled before V8 takes to optimising, so that nothing is to be prevented. */
const SLIGHT = 2000;

/** The inspector of this thread; undefined where Node has none, or counts calls for others. */
function connect(): Session | undefined {
  if ((process.env["NODE_V8_COVERAGE"] ?? "") !== "") return undefined;
  try {
    const inspector = createRequire(import.meta.url)("node:inspector") as {
      readonly Session: new () => Session;
    };
    const session = new inspector.Session();
    session.connect();
    return session;
  } catch {
    return undefined;
  }
}

/** What one thread compiles, from its start on. */
export class Cool {
  private bytes = 0;
  private session: Session | undefined;
  private isOver = false;

  /** To be told of code, in bytes, before it is compiled. */
  expect(bytes: number): void {
    this.bytes += bytes;
    if (this.isOver || this.bytes < SLIGHT) return;
    if (this.bytes >= PAYS) this.end();
    else if (this.session === undefined) this.begin();
  }

  private begin(): void {
    this.session = connect();
    if (this.session === undefined) {
      this.isOver = true;
      return;
    }
    this.session.post("Profiler.enable");
    this.session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
  }

  private end(): void {
    this.isOver = true;
    this.session?.post("Profiler.stopPreciseCoverage");
    this.session?.disconnect();
    this.session = undefined;
  }
}
