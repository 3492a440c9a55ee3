// Test scripts: modules, calls and what is to come of them. In: the text of a .wast file. Out: a
// list of commands, each with its place. The whole text is cut into tokens once; a module is kept
// as the tokens it consists of and encoded when somebody asks, so that a malformed one spoils its
// own command and no other.
//
// Old and new scripts are read alike: the NaN assertions of 1.0, `either`, `module definition` and
// `module instance` of 3.0. `(assert_trap (module ...))` of older scripts is the same command as
// assert_uninstantiable. A text of bare module fields is a script of one module.

import { Cursor } from "./cursor.ts";
import { Tok, tokenize } from "./lexer.ts";
import { readConsts, readPatterns, type Const, type Nan, type Pattern } from "./pattern.ts";
import { Lines, type Place } from "./place.ts";
import { decodeText } from "./string.ts";
import { encodeFields, parseWat } from "./wat.ts";

export { matchesWords, type Const, type Lane, type Nan, type Pattern } from "./pattern.ts";

/** A module of a script. */
export interface ScriptModule {
  readonly form: "text" | "binary" | "quote";
  /** Its identifier without `$`. */
  readonly name: string | undefined;
  /** The bytes; throws Malformed where the text is no module. A binary one is not looked into. */
  readonly encode: () => Uint8Array;
}

/** A call of an exported function, or a look at an exported global. */
export interface Action {
  readonly kind: "invoke" | "get";
  /** Identifier of the instance; undefined means the last one. */
  readonly module: string | undefined;
  /** Name of the export. */
  readonly name: string;
  /** Empty for `get`. */
  readonly args: readonly Const[];
}

/** What a command is to do; a message is the beginning of the expected error's. */
export type CommandBody =
  /** Define and instantiate. */
  | { readonly kind: "module"; readonly module: ScriptModule }
  /** Define only. */
  | { readonly kind: "definition"; readonly module: ScriptModule }
  /** Instantiate a definition, the last one where none is named. */
  | {
      readonly kind: "instance";
      readonly name: string | undefined;
      readonly definition: string | undefined;
    }
  /** Make the exports of an instance importable as those of `as`. */
  | { readonly kind: "register"; readonly as: string; readonly module: string | undefined }
  | { readonly kind: "action"; readonly action: Action }
  | {
      readonly kind: "assert_return";
      readonly action: Action;
      readonly results: readonly Pattern[];
    }
  | {
      readonly kind: "assert_trap" | "assert_exhaustion";
      readonly action: Action;
      readonly message: string;
    }
  | { readonly kind: "assert_exception"; readonly action: Action }
  | {
      readonly kind:
        "assert_malformed" | "assert_invalid" | "assert_unlinkable" | "assert_uninstantiable";
      readonly module: ScriptModule;
      readonly message: string;
    };

export type Command = CommandBody & Place;

export interface Script {
  readonly commands: readonly Command[];
}

/** Reads a script. Throws Malformed where it is none. */
export function parseScript(text: string): Script {
  const c = new Cursor(tokenize(text));
  if (isField(c)) return { commands: [inlineModule(text)] };
  const lines = new Lines(text);
  const commands: Command[] = [];
  while (c.kind !== Tok.end) {
    const place = lines.at(c.tokens.start[c.pos]!);
    commands.push({ ...readCommand(c), ...place });
  }
  return { commands };
}

const fields = ["func", "memory", "table", "global", "type", "import", "export", "data", "elem"];

/** Whether a module field stands where a command should. */
const isField = (c: Cursor): boolean => fields.some((word) => c.isForm(word));

function inlineModule(text: string): Command {
  const module: ScriptModule = { form: "text", name: undefined, encode: () => parseWat(text) };
  return { kind: "module", module, line: 1, column: 1 };
}

function readCommand(c: Cursor): CommandBody {
  const begin = c.pos;
  if (c.kind !== Tok.open) c.unexpected();
  c.pos++;
  const word = c.word();
  const body = readInside(c, word, begin);
  c.close();
  return body;
}

/** The inside of a command; the cursor stands behind its keyword. */
function readInside(c: Cursor, word: string, begin: number): CommandBody {
  switch (word) {
    case "module":
      return readModuleCommand(c, begin);
    case "register":
      return { kind: "register", as: c.name(), module: c.id() };
    case "invoke":
    case "get":
      return { kind: "action", action: actionInside(c, word) };
    case "assert_return":
      return { kind: word, action: readAction(c), results: readPatterns(c) };
    case "assert_return_canonical_nan":
      return { kind: "assert_return", action: readAction(c), results: anyNan("canonical") };
    case "assert_return_arithmetic_nan":
      return { kind: "assert_return", action: readAction(c), results: anyNan("arithmetic") };
    case "assert_trap":
      if (c.isForm("module")) return readModuleAssertion(c, "assert_uninstantiable");
      return { kind: word, action: readAction(c), message: c.name() };
    case "assert_exhaustion":
      return { kind: word, action: readAction(c), message: c.name() };
    case "assert_exception":
      return { kind: word, action: readAction(c) };
    case "assert_malformed":
    case "assert_invalid":
    case "assert_unlinkable":
    case "assert_uninstantiable":
      return readModuleAssertion(c, word);
    default:
      return c.unexpected(begin + 1);
  }
}

const anyNan = (nan: Nan): readonly Pattern[] => [{ kind: "nan", type: "any", nan }];

type ModuleAssertion = Extract<CommandBody, { module: ScriptModule; message: string }>["kind"];

function readModuleAssertion(c: Cursor, kind: ModuleAssertion): CommandBody {
  const begin = c.pos;
  c.need("module");
  const module = readModule(c, begin);
  c.close();
  return { kind, module, message: c.name() };
}

function readAction(c: Cursor): Action {
  if (c.kind !== Tok.open) c.unexpected();
  c.pos++;
  const word = c.word();
  if (word !== "invoke" && word !== "get") return c.unexpected(c.pos - 1);
  const action = actionInside(c, word);
  c.close();
  return action;
}

function actionInside(c: Cursor, kind: "invoke" | "get"): Action {
  const module = c.id();
  const name = c.name();
  return { kind, module, name, args: kind === "invoke" ? readConsts(c) : [] };
}

/** A module at command level: a definition, an instance, or both at once. */
function readModuleCommand(c: Cursor, begin: number): CommandBody {
  if (c.take("definition")) return { kind: "definition", module: readModule(c, begin) };
  if (c.take("instance")) return { kind: "instance", name: c.id(), definition: c.id() };
  return { kind: "module", module: readModule(c, begin) };
}

/** The module whose form begins at token `begin`; the cursor goes to that form's `)`. */
function readModule(c: Cursor, begin: number): ScriptModule {
  const name = c.id();
  if (c.take("binary")) {
    const bytes = readStrings(c);
    return { form: "binary", name, encode: () => bytes };
  }
  if (c.take("quote")) {
    const bytes = readStrings(c);
    return { form: "quote", name, encode: () => parseWat(decodeText(bytes)) };
  }
  const { tokens, pos } = c;
  c.pos = c.past(begin) - 1;
  return { form: "text", name, encode: () => encodeFields(tokens, pos, name) };
}

/** Strings up to the end of a form, joined. */
function readStrings(c: Cursor): Uint8Array {
  const parts: Uint8Array[] = [];
  while (c.kind === Tok.string) parts.push(c.string());
  const bytes = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
