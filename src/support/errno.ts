// Errors of the file system in words.

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or directory",
  EACCES: "permission denied",
  EPERM: "not permitted",
  EISDIR: "it is a directory",
  ENOTDIR: "a part of the path is not a directory",
  ENOSPC: "no space left on the device",
  EDQUOT: "no space left in the quota",
  EROFS: "the file system is read-only",
  ELOOP: "it is a symbolic link",
  ERR_ACCESS_DENIED: "Node was started without permission for it",
};

/** The code of an error of the file system, "" for any other error. */
export const codeOf = (error: unknown): string => {
  const code = (error as { readonly code?: unknown }).code;
  return typeof code === "string" ? code : "";
};

/** Why something could not be done, to follow a colon. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  return REASONS[code] ?? (code === "" ? String(error) : code);
}
