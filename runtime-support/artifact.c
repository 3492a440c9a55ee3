// Bytes of a file -> Module. The file is mapped read-only as a whole, and the pages of .text once
// more as executable. An artifact inside of a program (payload.h) is in memory already, with its
// .text elsewhere: there that section has no contents. Nothing is believed: first the frame (ELF
// header, section headers), then the compatibility header in the order of usefulness of its
// complaints (kind, target, epoch, CPU, checksum, content hash), then the sections' names, then, in
// check.c, what is in them. Each complaint is one sentence that can follow the file's name and a
// colon.
#include "checksum.h"
#include "runtime.h"

typedef struct ElfHeader {
  u8 ident[16];
  u16 type, machine;
  u32 version;
  u64 entry, programs, sections;
  u32 flags;
  u16 size, programSize, programCount, sectionSize, sectionCount, namesIndex;
} ElfHeader;
_Static_assert(sizeof(ElfHeader) == 64, "Elf64_Ehdr");

typedef struct ElfSection {
  u32 name, type;
  u64 flags, address, offset, size;
  u32 link, info;
  u64 align, entrySize;
} ElfSection;
_Static_assert(sizeof(ElfSection) == 64, "Elf64_Shdr");

enum { ELF_64 = 2, LITTLE_ENDIAN = 1, TYPE_DYN = 3, SECTION_NULL = 0, SECTION_NOBITS = 8 };
enum { SECTIONS_MAX = 32, MACHINE_AMD64 = 62, MACHINE_ARM64 = 183 };

enum {
#define X(id, name) S_##id,
  SECTIONS(X)
#undef X
  S_count,
};

static const char *const names[S_count] = {
#define X(id, name) name,
  SECTIONS(X)
#undef X
};

/** Sections of other tools, which the loader leaves alone. */
static const char *const foreign[] = {"", ".symtab", ".strtab", ".shstrtab"};

static const char *const targets[] = {
  "",
#define X(name) #name,
  TARGETS(X)
#undef X
};

typedef struct Shape {
  const u8 *file;
  u64 size;
  const ElfSection *sections;
  u32 count;
  Text strings; // section names, terminated
  Span code;    // .text, where it is not in the file
  Span parts[S_count];
  Error *error;
} Shape;

static bool within(u64 offset, u64 size, u64 limit) {
  return offset <= limit && size <= limit - offset;
}

/** The ELF header and the bounds of the section headers. */
static bool check_frame(Shape *a) {
  const ElfHeader *h = (const ElfHeader *)a->file;
  static const u8 ident[8] = {0x7f, 'E', 'L', 'F', ELF_64, LITTLE_ENDIAN, 1, ABI_OSABI};
  if (a->size < 8 || memcmp(h->ident, ident, 8) != 0) {
    return fail(a->error, "not an ingot artifact");
  }
  if (a->size < sizeof *h) return fail(a->error, "truncated: %U bytes are no artifact", a->size);
  if (h->type != TYPE_DYN || h->size != sizeof *h || h->sectionSize != sizeof(ElfSection) ||
      h->programCount != 0 || h->version != 1 || h->sectionCount < 2 ||
      h->sectionCount > SECTIONS_MAX || h->sections % 8 != 0) {
    return fail(a->error, "damaged: the ELF header is not one of an artifact");
  }
  u64 table = (u64)h->sectionCount * sizeof(ElfSection);
  if (h->sections > NONE64 - table || h->sections + table > a->size) {
    return fail(a->error, "truncated: %U bytes, but the section headers end at %U", a->size,
                h->sections + table);
  }
  if (h->sections + table < a->size) {
    return fail(a->error, "damaged: %U bytes too many", a->size - h->sections - table);
  }
  a->sections = (const ElfSection *)(a->file + h->sections);
  a->count = h->sectionCount;
  for (u32 i = 0; i < a->count; i++) {
    const ElfSection *s = &a->sections[i];
    bool elsewhere =
      s->type == SECTION_NOBITS && i == 2 && a->code.at != 0 && s->size == a->code.size;
    if ((s->type == SECTION_NULL) != (i == 0) || (s->type == SECTION_NOBITS && !elsewhere) ||
        !within(s->offset, elsewhere ? 0 : s->size, h->sections)) {
      return fail(a->error, "damaged: section %u lies outside of the file", i);
    }
  }
  if (h->namesIndex >= a->count || a->sections[h->namesIndex].type == SECTION_NOBITS) {
    return fail(a->error, "damaged: there are no section names");
  }
  const ElfSection *s = &a->sections[h->namesIndex];
  a->strings = (Text){(const char *)a->file + s->offset, s->size};
  if (s->size == 0 || a->strings.at[s->size - 1] != 0) {
    return fail(a->error, "damaged: the section names do not end");
  }
  return true;
}

static const char *section_name(const Shape *a, const ElfSection *s) {
  return s->name < a->strings.length ? a->strings.at + s->name : "\1";
}

static bool same(const char *a, const char *b) { return text_same(text_of(a), text_of(b)); }

static void list_features(char *to, usize size, u64 missing) {
  usize n = 0;
  for (u32 bit = 0; bit < 64; bit++) {
    if (!(missing >> bit & 1)) continue;
    n += format(to + n, size - n, "%s%s", n == 0 ? "" : ", ", arch_feature(bit));
  }
}

static bool check_sum(Shape *a, const ArtifactHeader *h) {
  const u8 *behind = (const u8 *)(&h->checksum + 1);
  Sums sums;
  sums_start(&sums);
  sums_add(&sums, a->file, (u64)((const u8 *)&h->checksum - a->file));
  sums_add(&sums, behind, a->size - (u64)(behind - a->file));
  return sums_end(&sums) == h->checksum || fail(a->error, "damaged: its checksum is wrong");
}

static bool check_hash(Shape *a, const ArtifactHeader *h) {
  enum { ZEROED = sizeof h->contentHash + sizeof h->checksum };
  static const u8 zeros[ZEROED];
  u8 found[32];
  u64 hole = (u64)(h->contentHash - a->file);
  Sha256 hash;
  sha256_start(&hash);
  sha256_add(&hash, a->file, hole);
  sha256_add(&hash, zeros, ZEROED);
  sha256_add(&hash, a->file + hole + ZEROED, a->size - hole - ZEROED);
  sha256_end(&hash, found);
  if (memcmp(found, h->contentHash, sizeof found) == 0) return true;
  return fail(a->error, "damaged: its content does not match its hash");
}

/** As much of that as the options want. */
static bool check_content(Shape *a, const ArtifactHeader *h, u32 options) {
  if (options & SKIP_HASH) return true;
  return check_sum(a, h) && (options & SUM_ONLY || check_hash(a, h));
}

/** The compatibility header; it is the first section, whatever the epoch. */
static bool check_header(Shape *a, u32 options) {
  const ElfSection *s = &a->sections[1];
  const ArtifactHeader *h = (const ArtifactHeader *)(a->file + s->offset);
  if (!same(section_name(a, s), names[S_header]) || s->size < sizeof(ArtifactHeader) ||
      s->offset % 8 != 0 || h->magic != ABI_MAGIC) {
    return fail(a->error, "damaged: it does not begin with a compatibility header");
  }
  if (h->target != TARGET) {
    const char *other = h->target < COUNT(targets) ? targets[h->target] : "";
    return fail(a->error, "made for %s, but this loader runs %s",
                other[0] == 0 ? "an unknown machine" : other, targets[TARGET]);
  }
  if (h->epoch != ABI_EPOCH) {
    return fail(a->error, "made by another version of ingot (format %u, this loader reads %u)",
                h->epoch, ABI_EPOCH);
  }
  if (((const ElfHeader *)a->file)->machine != MACHINE) {
    return fail(a->error, "damaged: its ELF header names another machine than its own header");
  }
  u64 missing = arch_missing(h->cpu);
  if (missing != 0) {
    char list[256];
    list_features(list, sizeof list, missing);
    return fail(a->error, "needs CPU features that this CPU lacks: %s", list);
  }
  return check_content(a, h, options);
}

static bool check_sections(Shape *a) {
  u64 end = sizeof(ElfHeader);
  u32 next = 0;
  for (u32 i = 1; i < a->count; i++) {
    const ElfSection *s = &a->sections[i];
    const char *name = section_name(a, s);
    bool known = false;
    for (u32 k = 0; k < COUNT(foreign); k++) known |= same(name, foreign[k]);
    if (known) continue;
    u32 id = 0;
    while (id < S_count && !same(name, names[id])) id++;
    if (id == S_count) return fail(a->error, "damaged: unknown section \"%t\"", text_of(name));
    if (s->type == SECTION_NOBITS && id != S_text) {
      return fail(a->error, "damaged: section %s has no contents", name);
    }
    if (id < next || s->offset < end || s->offset % 8 != 0) {
      return fail(a->error, "damaged: section %s is out of order", name);
    }
    next = id + 1;
    a->parts[id] = (Span){(u8 *)a->file + s->offset, s->size};
    if (s->type == SECTION_NOBITS) a->parts[id] = a->code;
    else end = s->offset + s->size;
  }
  static const u8 needed[] = {S_header, S_text, S_module, S_funcs, S_sites};
  for (u32 i = 0; i < COUNT(needed); i++) {
    if (a->parts[needed[i]].at != 0) continue;
    return fail(a->error, "damaged: section %s is missing", names[needed[i]]);
  }
  return true;
}

static bool check_layout(Shape *a) {
  const ArtifactHeader *h = a->parts[S_header].at;
  u64 record = round_up(h->recordSize, OS_PAGE);
  if (a->parts[S_header].size != sizeof *h || h->reserved != 0 || h->recordSize % 8 != 0 ||
      h->recordSize < sizeof(Instance) || h->distance != GUARD_BELOW + record ||
      (h->model & ~(u32)(MODEL_explicitBounds | MODEL_addressFacts | MODEL_segmentsFirst)) != 0) {
    return fail(a->error, "damaged: its header contradicts itself");
  }
  u64 text = (u64)((u8 *)a->parts[S_text].at - a->file);
  bool misplaced = a->code.at == 0 ? text % TEXT_ALIGN != 0 : a->parts[S_text].at != a->code.at;
  if (misplaced || a->parts[S_text].size < 16 * TRAP_COUNT ||
      a->parts[S_text].size > 0x7fffffff) {
    return fail(a->error, "damaged: section .text is not one of code");
  }
  return true;
}

static bool map_text(Module *m, const Shape *a, int fd) {
  if (a->code.at != 0) {
    m->text = a->code.at;
    return true;
  }
  u64 offset = (u64)((u8 *)a->parts[S_text].at - a->file);
  m->textSize = a->parts[S_text].size;
  m->textMapped = round_up(m->textSize, PAGE_UNIT);
  m->text = sys_map(0, m->textMapped, PROT_READ | PROT_EXEC, MAP_PRIVATE, fd, offset);
  if (m->text != 0) return true;
  return fail(a->error, "the code cannot be mapped as executable");
}

static bool check_all(Module *m, Shape *a, int fd, u32 options) {
  if (!check_frame(a) || !check_header(a, options)) return false;
  if (!check_sections(a) || !check_layout(a)) return false;
  m->header = a->parts[S_header].at;
  m->textSize = a->parts[S_text].size;
  m->data = a->parts[S_data].at;
  m->dataSize = a->parts[S_data].size;
  return check_module(m, a->parts[S_module], a->error) &&
         check_trace(m, a->parts[S_funcs], a->parts[S_sites], a->parts[S_names], a->error) &&
         map_text(m, a, fd);
}

bool artifact_load(Module *module, int fd, u32 options, Error *error) {
  enum { IS_FILE = 0100000, KIND = 0170000 };
  *module = (Module){0};
  Stat stat;
  if (sys_stat(fd, &stat) < 0) return fail(error, "cannot be read");
  if ((stat.mode & KIND) != IS_FILE) return fail(error, "not a file");
  if (stat.size == 0) return fail(error, "not an ingot artifact");
  module->fileSize = stat.size;
  module->file = sys_map(0, stat.size, PROT_READ, MAP_PRIVATE, fd, 0);
  if (module->file == 0) return fail(error, "cannot be mapped");
  Shape shape = {.file = module->file, .size = stat.size, .error = error};
  if (check_all(module, &shape, fd, options)) return true;
  artifact_unload(module);
  return false;
}

bool artifact_use(Module *module, Span file, Span text, Error *error) {
  *module = (Module){.file = file.at};
  Shape shape = {.file = file.at, .size = file.size, .code = text, .error = error};
  return check_all(module, &shape, -1, SKIP_HASH);
}

void artifact_unload(Module *module) {
  sys_unmap((void *)module->file, module->fileSize); // 0 bytes where nothing was mapped
  sys_unmap((void *)module->text, module->textMapped);
  module->file = module->text = 0;
  module->fileSize = 0;
}
