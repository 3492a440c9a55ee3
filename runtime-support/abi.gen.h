/* Printed by tools/gen/abi.ts from src/abi.ts (`make gen`). Do not edit. */
#ifndef INGOT_ABI_GEN_H
#define INGOT_ABI_GEN_H

#define ABI_EPOCH 4
#define ABI_MAGIC 0x0a0d544f474e4900ull
#define ABI_OSABI 0xc7
#define WASM_PAGE 0x10000
#define OS_PAGE 0x1000
#define GUARD_BELOW 0x1000000
#define RESERVE 0x200000000ull
#define FACTS_MAX_PAGES 0xff00
#define TABLE_MAX 0x989680
#define STACK_GUARD 0x40000
#define TEXT_ALIGN 0x10000
#define PAYLOAD_MAGIC 0x455845544f474e49ull
#define PAYLOAD_END 0x444e45544f474e49ull
#define PAYLOAD_CHECKED 0x100000
#define CODE_ALIGN 0x1000
#define AREA 0x8000
#define TARGET_amd64 1
#define TARGET_arm64 2
#define MODEL_explicitBounds 1
#define MODEL_addressFacts 2
#define MODEL_segmentsFirst 4
#define CPU_amd64_popcnt 1
#define CPU_amd64_lzcnt 2
#define CPU_amd64_bmi1 4
#define CPU_amd64_bmi2 8
#define CPU_amd64_avx 0x10
#define CPU_amd64_avx2 0x20
#define CPU_amd64_fma 0x40
#define CPU_arm64_lse 1
#define TRAP_none 0
#define TRAP_unreachable 1
#define TRAP_memory 2
#define TRAP_divide 3
#define TRAP_remainder 4
#define TRAP_quotient 5
#define TRAP_overflow 6
#define TRAP_conversion 7
#define TRAP_table 8
#define TRAP_segment 9
#define TRAP_element 0xa
#define TRAP_null 0xb
#define TRAP_signature 0xc
#define TRAP_stack 0xd
#define TRAP_interrupt 0xe
#define TRAP_abort 0xf
#define TRAP_longjmp 0x10
#define TRAP_COUNT 0xf
#define EXTERN_func 0
#define EXTERN_table 1
#define EXTERN_memory 2
#define EXTERN_global 3
#define EXTERN_tag 4
#define INIT_const 0
#define INIT_global 1
#define INIT_func 2
#define INIT_null 3
#define SEGMENT_passive 0
#define SEGMENT_active 1
#define SEGMENT_declarative 2
#define SITE_call 0
#define SITE_trap 1
#define SITE_access 2
#define SITE_ref 3
#define STATUS_returned 0
#define STATUS_stale 0x20000000
#define STATUS_grew 0x40000000
#define STATUS_trapped 0x80000000
#define AGAIN_enter 0
#define AGAIN_enterWide 1
#define AGAIN_resume 2
#define AGAIN_resumeWide 3
#define REQUEST_load 1
#define REQUEST_instantiate 2
#define REQUEST_exports 3
#define REQUEST_invoke 4
#define REQUEST_newFunc 5
#define REQUEST_newMemory 6
#define REQUEST_newTable 7
#define REQUEST_newGlobal 8
#define REQUEST_globalGet 9
#define REQUEST_globalSet 0xa
#define REQUEST_tableGet 0xb
#define REQUEST_tableSet 0xc
#define REQUEST_tableSize 0xd
#define REQUEST_memorySize 0xe
#define REQUEST_memoryRead 0xf
#define REQUEST_memoryWrite 0x10
#define REQUEST_hostReturn 0x11
#define REQUEST_hostTrap 0x12
#define REQUEST_freeAll 0x13
#define REQUEST_quit 0x14
#define REQUEST_time 0x15
#define REQUEST_wasi 0x16
#define REPLY_ok 0
#define REPLY_trap 1
#define REPLY_linkError 2
#define REPLY_error 3
#define REPLY_hostCall 4
#define REPLY_hostError 5
#define REPLY_exit 6
#define TYPE_i32 0x7f
#define TYPE_i64 0x7e
#define TYPE_f32 0x7d
#define TYPE_f64 0x7c
#define TYPE_v128 0x7b
#define TYPE_funcref 0x70
#define TYPE_externref 0x6f

#define ArtifactHeader_magic 0
#define ArtifactHeader_epoch 8
#define ArtifactHeader_target 0xc
#define ArtifactHeader_cpu 0x10
#define ArtifactHeader_model 0x18
#define ArtifactHeader_distance 0x1c
#define ArtifactHeader_recordSize 0x20
#define ArtifactHeader_reserved 0x24
#define ArtifactHeader_wasmHash 0x28
#define ArtifactHeader_made 0x48
#define ArtifactHeader_contentHash 0x68
#define ArtifactHeader_checksum 0x88
#define sizeof_ArtifactHeader 0x90
#define DataInfo_mode 0
#define DataInfo_memory 4
#define DataInfo_start 8
#define DataInfo_offset 0xc
#define DataInfo_size 0x10
#define sizeof_DataInfo 0x14
#define Desk_target 0
#define Desk_status 8
#define Desk_level 0xc
#define Desk_area 0x10
#define Desk_owner 0x14
#define Desk_looked 0x18
#define sizeof_Desk 0x20
#define ElemInfo_mode 0
#define ElemInfo_table 4
#define ElemInfo_start 8
#define ElemInfo_first 0xc
#define ElemInfo_count 0x10
#define ElemInfo_type 0x14
#define sizeof_ElemInfo 0x18
#define ExportInfo_name 0
#define ExportInfo_kind 8
#define ExportInfo_index 0xc
#define sizeof_ExportInfo 0x10
#define FuncInfo_text 0
#define FuncInfo_size 4
#define FuncInfo_frame 8
#define FuncInfo_index 0xc
#define sizeof_FuncInfo 0x10
#define FuncRef_code 0
#define FuncRef_base 8
#define FuncRef_sig 0x10
#define FuncRef_index 0x14
#define FuncRef_owner 0x18
#define sizeof_FuncRef 0x20
#define GlobalInfo_type 0
#define GlobalInfo_mutable 4
#define GlobalInfo_slot 8
#define GlobalInfo_init 0xc
#define sizeof_GlobalInfo 0x10
#define ImportInfo_module 0
#define ImportInfo_name 8
#define ImportInfo_kind 0x10
#define ImportInfo_index 0x14
#define ImportInfo_slot 0x18
#define sizeof_ImportInfo 0x1c
#define ImportSlot_code 0
#define ImportSlot_base 8
#define ImportSlot_ref 0x10
#define sizeof_ImportSlot 0x18
#define Init_kind 0
#define Init_index 4
#define Init_bits 8
#define sizeof_Init 0x18
#define Instance_self 0
#define Instance_context 8
#define Instance_module 0x10
#define Instance_stackLimit 0x18
#define Instance_trap 0x20
#define Instance_memory0 0x28
#define Instance_memory 0x30
#define Instance_libcalls 0x50
#define Instance_dataDropped 0x110
#define Instance_elemDropped 0x118
#define sizeof_Instance 0x120
#define MemoryInfo_min 0
#define MemoryInfo_max 8
#define MemoryInfo_slot 0x10
#define sizeof_MemoryInfo 0x18
#define MemoryObject_base 0
#define MemoryObject_bytes 8
#define MemoryObject_pages 0x10
#define MemoryObject_max 0x18
#define sizeof_MemoryObject 0x20
#define ModuleHeader_types 0
#define ModuleHeader_imports 8
#define ModuleHeader_exports 0x10
#define ModuleHeader_refs 0x18
#define ModuleHeader_funcTypes 0x20
#define ModuleHeader_tables 0x28
#define ModuleHeader_memories 0x30
#define ModuleHeader_globals 0x38
#define ModuleHeader_elems 0x40
#define ModuleHeader_datas 0x48
#define ModuleHeader_inits 0x50
#define ModuleHeader_strings 0x58
#define ModuleHeader_start 0x60
#define ModuleHeader_importedFuncs 0x64
#define sizeof_ModuleHeader 0x68
#define NamesHeader_count 0
#define NamesHeader_reserved 4
#define sizeof_NamesHeader 8
#define Payload_magic 0
#define Payload_size 8
#define Payload_code 0x10
#define Payload_codeSize 0x18
#define Payload_artifact 0x20
#define Payload_words 0x30
#define Payload_checksum 0x40
#define sizeof_Payload 0x48
#define RefInfo_func 0
#define RefInfo_slot 4
#define sizeof_RefInfo 8
#define SiteHeader_count 0
#define SiteHeader_reserved 4
#define sizeof_SiteHeader 8
#define TableInfo_elem 0
#define TableInfo_min 4
#define TableInfo_max 8
#define TableInfo_slot 0x10
#define sizeof_TableInfo 0x18
#define TableObject_base 0
#define TableObject_size 8
#define TableObject_max 0x10
#define TableObject_elem 0x18
#define sizeof_TableObject 0x20
#define TypeInfo_sig 0
#define TypeInfo_key 4
#define TypeInfo_params 0xc
#define TypeInfo_results 0x14
#define sizeof_TypeInfo 0x1c

#define TARGETS(X) \
  X(amd64) \
  X(arm64)
#define CPUS_amd64(X) \
  X(popcnt) \
  X(lzcnt) \
  X(bmi1) \
  X(bmi2) \
  X(avx) \
  X(avx2) \
  X(fma)
#define CPUS_arm64(X) \
  X(lse)
#define TRAPS(X) \
  X(none, "") \
  X(unreachable, "unreachable") \
  X(memory, "out of bounds memory access") \
  X(divide, "integer divide by zero") \
  X(remainder, "integer divide by zero") \
  X(quotient, "integer overflow") \
  X(overflow, "integer overflow") \
  X(conversion, "invalid conversion to integer") \
  X(table, "out of bounds table access") \
  X(segment, "out of bounds table access") \
  X(element, "undefined element") \
  X(null, "uninitialized element") \
  X(signature, "indirect call type mismatch") \
  X(stack, "call stack exhausted") \
  X(interrupt, "interrupted")
#define HOST_TRAPS(X) \
  X(abort, "abort") \
  X(longjmp, "longjmp without setjmp")
#define LIBCALLS(X) \
  X(memory_grow) \
  X(memory_fill) \
  X(memory_copy) \
  X(memory_init) \
  X(data_drop) \
  X(table_grow) \
  X(table_fill) \
  X(table_copy) \
  X(table_init) \
  X(elem_drop)
#define SECTIONS(X) \
  X(header, ".ingot.header") \
  X(text, ".text") \
  X(module, ".ingot.module") \
  X(data, ".ingot.data") \
  X(funcs, ".ingot.funcs") \
  X(sites, ".ingot.sites") \
  X(names, ".ingot.names") \
  X(wasm, ".ingot.wasm")

#ifndef __ASSEMBLER__

typedef struct ArtifactHeader {
  u64 magic;
  u32 epoch;
  u32 target;
  u64 cpu;
  u32 model;
  u32 distance;
  u32 recordSize;
  u32 reserved;
  u8 wasmHash[32];
  u8 made[32];
  u8 contentHash[32];
  u64 checksum;
} ArtifactHeader;
_Static_assert(sizeof(ArtifactHeader) == 144, "ArtifactHeader");
_Static_assert(offsetof(ArtifactHeader, magic) == 0, "ArtifactHeader.magic");
_Static_assert(offsetof(ArtifactHeader, epoch) == 8, "ArtifactHeader.epoch");
_Static_assert(offsetof(ArtifactHeader, target) == 12, "ArtifactHeader.target");
_Static_assert(offsetof(ArtifactHeader, cpu) == 16, "ArtifactHeader.cpu");
_Static_assert(offsetof(ArtifactHeader, model) == 24, "ArtifactHeader.model");
_Static_assert(offsetof(ArtifactHeader, distance) == 28, "ArtifactHeader.distance");
_Static_assert(offsetof(ArtifactHeader, recordSize) == 32, "ArtifactHeader.recordSize");
_Static_assert(offsetof(ArtifactHeader, reserved) == 36, "ArtifactHeader.reserved");
_Static_assert(offsetof(ArtifactHeader, wasmHash) == 40, "ArtifactHeader.wasmHash");
_Static_assert(offsetof(ArtifactHeader, made) == 72, "ArtifactHeader.made");
_Static_assert(offsetof(ArtifactHeader, contentHash) == 104, "ArtifactHeader.contentHash");
_Static_assert(offsetof(ArtifactHeader, checksum) == 136, "ArtifactHeader.checksum");

typedef struct DataInfo {
  u32 mode;
  u32 memory;
  u32 start;
  u32 offset;
  u32 size;
} DataInfo;
_Static_assert(sizeof(DataInfo) == 20, "DataInfo");
_Static_assert(offsetof(DataInfo, mode) == 0, "DataInfo.mode");
_Static_assert(offsetof(DataInfo, memory) == 4, "DataInfo.memory");
_Static_assert(offsetof(DataInfo, start) == 8, "DataInfo.start");
_Static_assert(offsetof(DataInfo, offset) == 12, "DataInfo.offset");
_Static_assert(offsetof(DataInfo, size) == 16, "DataInfo.size");

typedef struct Desk {
  u64 target;
  u32 status;
  u32 level;
  u32 area;
  u32 owner;
  u32 looked;
} Desk;
_Static_assert(sizeof(Desk) == 32, "Desk");
_Static_assert(offsetof(Desk, target) == 0, "Desk.target");
_Static_assert(offsetof(Desk, status) == 8, "Desk.status");
_Static_assert(offsetof(Desk, level) == 12, "Desk.level");
_Static_assert(offsetof(Desk, area) == 16, "Desk.area");
_Static_assert(offsetof(Desk, owner) == 20, "Desk.owner");
_Static_assert(offsetof(Desk, looked) == 24, "Desk.looked");

typedef struct ElemInfo {
  u32 mode;
  u32 table;
  u32 start;
  u32 first;
  u32 count;
  u32 type;
} ElemInfo;
_Static_assert(sizeof(ElemInfo) == 24, "ElemInfo");
_Static_assert(offsetof(ElemInfo, mode) == 0, "ElemInfo.mode");
_Static_assert(offsetof(ElemInfo, table) == 4, "ElemInfo.table");
_Static_assert(offsetof(ElemInfo, start) == 8, "ElemInfo.start");
_Static_assert(offsetof(ElemInfo, first) == 12, "ElemInfo.first");
_Static_assert(offsetof(ElemInfo, count) == 16, "ElemInfo.count");
_Static_assert(offsetof(ElemInfo, type) == 20, "ElemInfo.type");

typedef struct ExportInfo {
  u32 name[2];
  u32 kind;
  u32 index;
} ExportInfo;
_Static_assert(sizeof(ExportInfo) == 16, "ExportInfo");
_Static_assert(offsetof(ExportInfo, name) == 0, "ExportInfo.name");
_Static_assert(offsetof(ExportInfo, kind) == 8, "ExportInfo.kind");
_Static_assert(offsetof(ExportInfo, index) == 12, "ExportInfo.index");

typedef struct FuncInfo {
  u32 text;
  u32 size;
  u32 frame;
  u32 index;
} FuncInfo;
_Static_assert(sizeof(FuncInfo) == 16, "FuncInfo");
_Static_assert(offsetof(FuncInfo, text) == 0, "FuncInfo.text");
_Static_assert(offsetof(FuncInfo, size) == 4, "FuncInfo.size");
_Static_assert(offsetof(FuncInfo, frame) == 8, "FuncInfo.frame");
_Static_assert(offsetof(FuncInfo, index) == 12, "FuncInfo.index");

typedef struct FuncRef {
  u64 code;
  u64 base;
  u32 sig;
  u32 index;
  u64 owner;
} FuncRef;
_Static_assert(sizeof(FuncRef) == 32, "FuncRef");
_Static_assert(offsetof(FuncRef, code) == 0, "FuncRef.code");
_Static_assert(offsetof(FuncRef, base) == 8, "FuncRef.base");
_Static_assert(offsetof(FuncRef, sig) == 16, "FuncRef.sig");
_Static_assert(offsetof(FuncRef, index) == 20, "FuncRef.index");
_Static_assert(offsetof(FuncRef, owner) == 24, "FuncRef.owner");

typedef struct GlobalInfo {
  u32 type;
  u32 mutable;
  u32 slot;
  u32 init;
} GlobalInfo;
_Static_assert(sizeof(GlobalInfo) == 16, "GlobalInfo");
_Static_assert(offsetof(GlobalInfo, type) == 0, "GlobalInfo.type");
_Static_assert(offsetof(GlobalInfo, mutable) == 4, "GlobalInfo.mutable");
_Static_assert(offsetof(GlobalInfo, slot) == 8, "GlobalInfo.slot");
_Static_assert(offsetof(GlobalInfo, init) == 12, "GlobalInfo.init");

typedef struct ImportInfo {
  u32 module[2];
  u32 name[2];
  u32 kind;
  u32 index;
  u32 slot;
} ImportInfo;
_Static_assert(sizeof(ImportInfo) == 28, "ImportInfo");
_Static_assert(offsetof(ImportInfo, module) == 0, "ImportInfo.module");
_Static_assert(offsetof(ImportInfo, name) == 8, "ImportInfo.name");
_Static_assert(offsetof(ImportInfo, kind) == 16, "ImportInfo.kind");
_Static_assert(offsetof(ImportInfo, index) == 20, "ImportInfo.index");
_Static_assert(offsetof(ImportInfo, slot) == 24, "ImportInfo.slot");

typedef struct ImportSlot {
  u64 code;
  u64 base;
  u64 ref;
} ImportSlot;
_Static_assert(sizeof(ImportSlot) == 24, "ImportSlot");
_Static_assert(offsetof(ImportSlot, code) == 0, "ImportSlot.code");
_Static_assert(offsetof(ImportSlot, base) == 8, "ImportSlot.base");
_Static_assert(offsetof(ImportSlot, ref) == 16, "ImportSlot.ref");

typedef struct Init {
  u32 kind;
  u32 index;
  u64 bits[2];
} Init;
_Static_assert(sizeof(Init) == 24, "Init");
_Static_assert(offsetof(Init, kind) == 0, "Init.kind");
_Static_assert(offsetof(Init, index) == 4, "Init.index");
_Static_assert(offsetof(Init, bits) == 8, "Init.bits");

typedef struct Instance {
  u64 self;
  u64 context;
  u64 module;
  u64 stackLimit;
  u64 trap;
  u64 memory0;
  u64 memory[4];
  u64 libcalls[24];
  u64 dataDropped;
  u64 elemDropped;
} Instance;
_Static_assert(sizeof(Instance) == 288, "Instance");
_Static_assert(offsetof(Instance, self) == 0, "Instance.self");
_Static_assert(offsetof(Instance, context) == 8, "Instance.context");
_Static_assert(offsetof(Instance, module) == 16, "Instance.module");
_Static_assert(offsetof(Instance, stackLimit) == 24, "Instance.stackLimit");
_Static_assert(offsetof(Instance, trap) == 32, "Instance.trap");
_Static_assert(offsetof(Instance, memory0) == 40, "Instance.memory0");
_Static_assert(offsetof(Instance, memory) == 48, "Instance.memory");
_Static_assert(offsetof(Instance, libcalls) == 80, "Instance.libcalls");
_Static_assert(offsetof(Instance, dataDropped) == 272, "Instance.dataDropped");
_Static_assert(offsetof(Instance, elemDropped) == 280, "Instance.elemDropped");

typedef struct MemoryInfo {
  u64 min;
  u64 max;
  u32 slot;
} MemoryInfo;
_Static_assert(sizeof(MemoryInfo) == 24, "MemoryInfo");
_Static_assert(offsetof(MemoryInfo, min) == 0, "MemoryInfo.min");
_Static_assert(offsetof(MemoryInfo, max) == 8, "MemoryInfo.max");
_Static_assert(offsetof(MemoryInfo, slot) == 16, "MemoryInfo.slot");

typedef struct MemoryObject {
  u64 base;
  u64 bytes;
  u64 pages;
  u64 max;
} MemoryObject;
_Static_assert(sizeof(MemoryObject) == 32, "MemoryObject");
_Static_assert(offsetof(MemoryObject, base) == 0, "MemoryObject.base");
_Static_assert(offsetof(MemoryObject, bytes) == 8, "MemoryObject.bytes");
_Static_assert(offsetof(MemoryObject, pages) == 16, "MemoryObject.pages");
_Static_assert(offsetof(MemoryObject, max) == 24, "MemoryObject.max");

typedef struct ModuleHeader {
  u32 types[2];
  u32 imports[2];
  u32 exports[2];
  u32 refs[2];
  u32 funcTypes[2];
  u32 tables[2];
  u32 memories[2];
  u32 globals[2];
  u32 elems[2];
  u32 datas[2];
  u32 inits[2];
  u32 strings[2];
  u32 start;
  u32 importedFuncs;
} ModuleHeader;
_Static_assert(sizeof(ModuleHeader) == 104, "ModuleHeader");
_Static_assert(offsetof(ModuleHeader, types) == 0, "ModuleHeader.types");
_Static_assert(offsetof(ModuleHeader, imports) == 8, "ModuleHeader.imports");
_Static_assert(offsetof(ModuleHeader, exports) == 16, "ModuleHeader.exports");
_Static_assert(offsetof(ModuleHeader, refs) == 24, "ModuleHeader.refs");
_Static_assert(offsetof(ModuleHeader, funcTypes) == 32, "ModuleHeader.funcTypes");
_Static_assert(offsetof(ModuleHeader, tables) == 40, "ModuleHeader.tables");
_Static_assert(offsetof(ModuleHeader, memories) == 48, "ModuleHeader.memories");
_Static_assert(offsetof(ModuleHeader, globals) == 56, "ModuleHeader.globals");
_Static_assert(offsetof(ModuleHeader, elems) == 64, "ModuleHeader.elems");
_Static_assert(offsetof(ModuleHeader, datas) == 72, "ModuleHeader.datas");
_Static_assert(offsetof(ModuleHeader, inits) == 80, "ModuleHeader.inits");
_Static_assert(offsetof(ModuleHeader, strings) == 88, "ModuleHeader.strings");
_Static_assert(offsetof(ModuleHeader, start) == 96, "ModuleHeader.start");
_Static_assert(offsetof(ModuleHeader, importedFuncs) == 100, "ModuleHeader.importedFuncs");

typedef struct NamesHeader {
  u32 count;
  u32 reserved;
} NamesHeader;
_Static_assert(sizeof(NamesHeader) == 8, "NamesHeader");
_Static_assert(offsetof(NamesHeader, count) == 0, "NamesHeader.count");
_Static_assert(offsetof(NamesHeader, reserved) == 4, "NamesHeader.reserved");

typedef struct Payload {
  u64 magic;
  u64 size;
  u64 code;
  u64 codeSize;
  u64 artifact[2];
  u64 words[2];
  u64 checksum;
} Payload;
_Static_assert(sizeof(Payload) == 72, "Payload");
_Static_assert(offsetof(Payload, magic) == 0, "Payload.magic");
_Static_assert(offsetof(Payload, size) == 8, "Payload.size");
_Static_assert(offsetof(Payload, code) == 16, "Payload.code");
_Static_assert(offsetof(Payload, codeSize) == 24, "Payload.codeSize");
_Static_assert(offsetof(Payload, artifact) == 32, "Payload.artifact");
_Static_assert(offsetof(Payload, words) == 48, "Payload.words");
_Static_assert(offsetof(Payload, checksum) == 64, "Payload.checksum");

typedef struct RefInfo {
  u32 func;
  u32 slot;
} RefInfo;
_Static_assert(sizeof(RefInfo) == 8, "RefInfo");
_Static_assert(offsetof(RefInfo, func) == 0, "RefInfo.func");
_Static_assert(offsetof(RefInfo, slot) == 4, "RefInfo.slot");

typedef struct SiteHeader {
  u32 count;
  u32 reserved;
} SiteHeader;
_Static_assert(sizeof(SiteHeader) == 8, "SiteHeader");
_Static_assert(offsetof(SiteHeader, count) == 0, "SiteHeader.count");
_Static_assert(offsetof(SiteHeader, reserved) == 4, "SiteHeader.reserved");

typedef struct TableInfo {
  u32 elem;
  u32 min;
  u64 max;
  u32 slot;
} TableInfo;
_Static_assert(sizeof(TableInfo) == 24, "TableInfo");
_Static_assert(offsetof(TableInfo, elem) == 0, "TableInfo.elem");
_Static_assert(offsetof(TableInfo, min) == 4, "TableInfo.min");
_Static_assert(offsetof(TableInfo, max) == 8, "TableInfo.max");
_Static_assert(offsetof(TableInfo, slot) == 16, "TableInfo.slot");

typedef struct TableObject {
  u64 base;
  u64 size;
  u64 max;
  u64 elem;
} TableObject;
_Static_assert(sizeof(TableObject) == 32, "TableObject");
_Static_assert(offsetof(TableObject, base) == 0, "TableObject.base");
_Static_assert(offsetof(TableObject, size) == 8, "TableObject.size");
_Static_assert(offsetof(TableObject, max) == 16, "TableObject.max");
_Static_assert(offsetof(TableObject, elem) == 24, "TableObject.elem");

typedef struct TypeInfo {
  u32 sig;
  u32 key[2];
  u32 params[2];
  u32 results[2];
} TypeInfo;
_Static_assert(sizeof(TypeInfo) == 28, "TypeInfo");
_Static_assert(offsetof(TypeInfo, sig) == 0, "TypeInfo.sig");
_Static_assert(offsetof(TypeInfo, key) == 4, "TypeInfo.key");
_Static_assert(offsetof(TypeInfo, params) == 12, "TypeInfo.params");
_Static_assert(offsetof(TypeInfo, results) == 20, "TypeInfo.results");

#endif
#endif
