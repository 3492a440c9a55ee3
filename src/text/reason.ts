// How the suite words an error, across its versions. In: the message of an assertion and the reason
// of the error that came. Out: whether they say the same. An assertion gives the beginning of a
// message; where versions of the suite disagree about a word, one row says so.

/** Older or newer wordings by the one that is used here. */
// prettier-ignore
const others: readonly (readonly [ours: string, theirs: string])[] = [
  ["malformed UTF-8 encoding", "invalid UTF-8 encoding"],
  ["malformed lane index",     "i8 constant out of range"],
  ["unexpected token",         "result before parameter"],
];

// "uninitialized element 7" names the index, which is not part of the reason here.
const withoutIndex = (message: string): string =>
  message.replace(/^(uninitialized element) \d+$/, "$1");

/** Whether an error's `reason` is what an assertion's `message` asks for. */
export function sameReason(message: string, reason: string): boolean {
  if (reason.startsWith(withoutIndex(message))) return true;
  return others.some(([ours, theirs]) => reason.startsWith(ours) && theirs.startsWith(message));
}
