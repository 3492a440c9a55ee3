// Features: the proposals of WebAssembly by the names that tools give them, and the standards as
// sets of them. In: `--features 1.0|2.0[,+name,-name...]`. Out: a set that decoder and validator
// consult. A proposal that is known but not implemented can be named, so that a module that uses
// it is refused by that name, but it cannot be switched on.

const implemented = [
  "mvp",
  "mutable-globals",
  "saturating-float-to-int",
  "sign-extension",
  "multi-value",
  "bulk-memory",
  "reference-types",
  "simd",
] as const;

const planned = [
  "threads",
  "tail-call",
  "exceptions",
  "legacy-exceptions",
  "gc",
  "function-references",
  "memory64",
  "multi-memory",
  "extended-const",
  "relaxed-simd",
  "wide-arithmetic",
  "custom-page-sizes",
  "custom-descriptors",
  "memory-control",
  "stack-switching",
] as const;

/** A proposal; `mvp` is what standard 1.0 says apart from mutable-globals. */
export type Feature = (typeof implemented)[number] | (typeof planned)[number];

export type Features = ReadonlySet<Feature>;

/** Every name that can be given. */
export const FEATURES: readonly Feature[] = [...implemented, ...planned];

// mutable-globals became part of the text of 1.0 before it was frozen.
const standards: Readonly<Record<string, readonly Feature[]>> = {
  "1.0": ["mvp", "mutable-globals"],
  "2.0": implemented,
};

const isFeature = (name: string): name is Feature => (FEATURES as readonly string[]).includes(name);

export const isImplemented = (f: Feature): boolean =>
  (implemented as readonly string[]).includes(f);

/** The features of a standard. */
export function standard(name: "1.0" | "2.0"): Features {
  return new Set(standards[name]);
}

/** What holds when nobody says otherwise: standard 2.0. */
export const defaultFeatures: Features = standard("2.0");

/** A feature list that cannot be followed; the message is a whole sentence. */
export class FeatureError extends Error {
  override name = "FeatureError";
}

const commaList = (names: readonly string[]): string => names.join(", ");

/**
 * Reads `1.0|2.0` and `+name`, `-name` in any number, separated by commas; the standard comes first
 * and may be left out (2.0).
 */
export function parseFeatures(text: string): Features {
  const set = new Set<Feature>(defaultFeatures);
  text.split(",").forEach((raw, i) => {
    const item = raw.trim();
    const sign = item[0];
    if (sign === "+" || sign === "-") toggle(set, item.slice(1), sign);
    else if (i === 0) startFrom(set, item);
    else throw new FeatureError(`"${item}" needs a + or a - in front of it`);
  });
  return set;
}

function startFrom(set: Set<Feature>, name: string): void {
  if (name === "") return;
  if (name === "3.0") {
    throw new FeatureError("standard 3.0 is known, but its features are not implemented yet");
  }
  const list = standards[name];
  if (list === undefined) {
    throw new FeatureError(
      isFeature(name)
        ? `"${name}" needs a + or a - in front of it`
        : `"${name}" is no standard: the standards are 1.0 and 2.0`,
    );
  }
  set.clear();
  for (const f of list) set.add(f);
}

function toggle(set: Set<Feature>, name: string, sign: "+" | "-"): void {
  if (!isFeature(name)) {
    throw new FeatureError(
      `"${name}" is no feature: the features are ${commaList(implemented.slice(1))}`,
    );
  }
  if (name === "mvp") throw new FeatureError("mvp is always on");
  if (sign === "-") set.delete(name);
  else if (isImplemented(name)) set.add(name);
  else throw new FeatureError(`feature ${name} is known, but not implemented yet`);
}

/** `what` and the reason why it cannot be used: its feature is off, or not implemented. */
export function needs(what: string, feature: Feature): string {
  const state = isImplemented(feature) ? "off" : "not implemented";
  return `${what} needs the feature ${feature}, which is ${state}`;
}
