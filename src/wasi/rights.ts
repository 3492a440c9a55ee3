// Rights of descriptors, bits in the order of the specification. All of them fit in 30 bits, so
// that they are numbers here; bits above mean nothing and are dropped.

const NAMES =
  "fd_datasync fd_read fd_seek fd_fdstat_set_flags fd_sync fd_tell fd_write fd_advise " +
  "fd_allocate path_create_directory path_create_file path_link_source path_link_target " +
  "path_open fd_readdir path_readlink path_rename_source path_rename_target " +
  "path_filestat_get path_filestat_set_size path_filestat_set_times fd_filestat_get " +
  "fd_filestat_set_size fd_filestat_set_times path_symlink path_remove_directory " +
  "path_unlink_file poll_fd_readwrite sock_shutdown sock_accept";

const bits = new Map(NAMES.split(" ").map((name, bit) => [name, 2 ** bit]));

/** The rights with these names, separated by spaces. */
export function rights(names: string): number {
  let all = 0;
  for (const name of names.split(" ")) {
    const bit = name === "" ? 0 : bits.get(name);
    if (bit === undefined) throw new RangeError(`there is no right ${name}`);
    all |= bit;
  }
  return all;
}

/** The rights of a 64-bit argument. */
export const rightsIn = (bits64: bigint): number => Number(bits64 & 0x3fff_ffffn);

export const ALL = rights(NAMES);

export const FILE = rights(
  "fd_datasync fd_read fd_seek fd_fdstat_set_flags fd_sync fd_tell fd_write fd_advise " +
    "fd_allocate fd_filestat_get fd_filestat_set_size fd_filestat_set_times poll_fd_readwrite",
);

/** Pipes and terminals. */
export const STREAM = rights(
  "fd_read fd_fdstat_set_flags fd_sync fd_datasync fd_write fd_filestat_get poll_fd_readwrite",
);

export const DIRECTORY = rights(
  "fd_fdstat_set_flags fd_datasync fd_sync fd_filestat_get fd_filestat_set_times fd_readdir " +
    "path_create_directory " +
    "path_create_file path_link_source path_link_target path_open path_readlink " +
    "path_rename_source path_rename_target path_filestat_get path_filestat_set_size " +
    "path_filestat_set_times path_symlink path_remove_directory path_unlink_file",
);

/** What reading asks for, and what writing does. */
export const READS = rights("fd_read fd_readdir");
export const WRITES = rights("fd_write fd_allocate fd_filestat_set_size");

/** What a read-only directory refuses; a hard link elsewhere would be a way around it. */
export const CHANGES =
  WRITES |
  rights(
    "path_create_directory path_create_file path_link_source path_link_target " +
      "path_rename_source path_rename_target path_filestat_set_size path_filestat_set_times " +
      "fd_filestat_set_times path_symlink path_remove_directory path_unlink_file",
  );

/** Of these rights to a file those that fit what it was opened for. */
export const fittingAccess = (base: number, canRead: boolean, canWrite: boolean): number =>
  base & ~(canRead ? 0 : READS) & ~(canWrite ? 0 : WRITES);
