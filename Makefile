# The verbs of this repository; bare `make` lists them. Everything a verb needs is made on the way: the
# packages (npm ci, when the lock file is newer than what is installed), dist/ (tsc, incremental)
# and the C runtime under build/. Nothing is installed globally.

SHELL := /bin/bash
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

BIN       := node_modules/.bin
INGOT     := node dist/src/cli/main.js
INSTALLED := node_modules/.package-lock.json
VITEST    := $(BIN)/vitest run --config tools/vitest.config.ts

# How long the open-ended verbs (diff, fuzz) run, in seconds.
T ?= 60

# Defines RUNTIME, RUNTIME_OBJECT and RUNTIME_ADDON, which `make runtime` makes, the rules for them, and TARGET.
-include runtime-support/build.mk

# The interpreter inlines what lanes prints.
GENERATORS := tools/gen/lanes.ts \
  $(filter-out %.test.ts tools/gen/lanes.ts,$(wildcard tools/gen/*.ts))

.PHONY: help install build check test spec diff test-corpus fuzz bench bench-boundary bench-start bench-corpus gen \
        gen-current bless dump bisect runtime runtimes programs demo

help: ## this list
	@echo "make VERB, where VERB is one of"
	@sed -nE 's/^([a-z-]+):[^#]*## (.*)/  \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 12

$(INSTALLED): package-lock.json package.json
	npm ci --no-audit --no-fund
	@touch $@

install: $(INSTALLED)

# What the bytes of an artifact depend on. A cache tells builds of one version apart by their sum
# (src/engine/version.ts).
COMPILER := $(addprefix dist/,backend $(addprefix src/,support wasm ir opt translate object \
  abi.js semantics.js lanes.js lanes.gen.js engine/pipeline.js engine/compile.js))

# What programs load, each with what it imports in few files: half the time to start. They stand as
# deep as what they are made from, whose paths (version.ts, host.ts) are relative.
BUNDLED := $(addprefix dist/src/,register.js earlyregister.js index.js early.js \
  engine/interpreted.js)

build: install ## compile the TypeScript to dist/
	@$(BIN)/tsc -p tools/tsconfig.build.json
	@rm -rf dist/src/bundle
	@$(BIN)/rolldown $(BUNDLED) --platform node --format esm --dir dist/src/bundle > /dev/null
	@$(BIN)/rolldown dist/src/engine/thread.js --platform node --format cjs \
	  --file dist/src/bundle/thread.cjs > /dev/null
	@find $(COMPILER) -name '*.js' | LC_ALL=C sort | xargs cat | cksum > dist/stamp

runtime: install $(RUNTIME) $(RUNTIME_OBJECT) $(RUNTIME_ADDON) ## compile the C runtime to build/TARGET/ (this machine, or TARGET=amd64|arm64)

runtimes: runtime # for every target that there is a compiler for
	@for t in $(filter-out $(TARGET),$(RT_TARGETS)); do $(MAKE) runtime TARGET=$$t RT_OPTIONAL=1; done

check: build ## types, format, house rules, generated files, unit and file tests: under 30 s
	@$(BIN)/tsc -p tsconfig.json
	@$(BIN)/prettier --check --cache --log-level warn --no-error-on-unmatched-pattern \
	  src backend tools package.json tsconfig.json
	@node dist/tools/house.js
	@$(MAKE) gen-current
	@$(VITEST) --project unit

test: build runtimes ## every test; with SPEC_DIR the spec suites, with CORPUS_DIR npm packages
	@node dist/tools/suites.js

spec: build runtimes ## the spec suites of SPEC_DIR on every engine and bounds mode
	@node dist/tools/suites.js spec

diff: build runtimes ## interpreter against native against V8 on random modules for T=60 seconds
	@node dist/tools/diff.js --seconds $(T)

test-corpus: build runtime ## npm packages of CORPUS_DIR on V8 and both engines; ARGS=name for one of them
	@node dist/tools/packages/check.js $(ARGS)

fuzz: build runtime ## allocator, IR and hostile-input fuzzers for T=60 seconds
	@node dist/tools/fuzz.js --seconds $(T)

bench: build runtime ## kernels on native, interpreter, V8 and cc -O2: ratios and geometric mean
	@node dist/tools/bench.js $(ARGS)

bench-boundary: build runtime ## calls between JavaScript and guests, beside V8's, in one run
	@node dist/tools/boundary.js $(ARGS)

bench-start: build runtime ## start-up of an executable beside a static native one (musl-gcc)
	@node dist/tools/start.js $(ARGS)

bench-corpus: build runtime ## start to first result of npm packages: V8, cold cache, warm cache
	@node dist/tools/packages/bench.js $(ARGS)

gen: install ## rewrite the generated files from their tables
	@$(BIN)/tsc -p tools/tsconfig.build.json || true
	@set -e; for g in $(GENERATORS:.ts=.js); do node dist/$$g; done

gen-current:
	@mkdir -p build
	@find src backend runtime-support -name '*.gen.*' -type f | sort | xargs -r cksum > build/gen.before
	@set -e; for g in $(GENERATORS:.ts=.js); do node dist/$$g; done
	@find src backend runtime-support -name '*.gen.*' -type f | sort | xargs -r cksum > build/gen.after
	@diff build/gen.before build/gen.after > /dev/null || \
	  { echo "generated files were stale and have been rewritten:"; \
	    diff build/gen.before build/gen.after | sed -n 's/^> [0-9]* [0-9]* /  /p'; exit 1; }

bless: install ## run the unit and file tests and rewrite the expected outputs in their inputs
	@BLESS=1 $(VITEST) --project unit

dump: build ## one stage of one function: F=file P=ir|opt|lir|alloc|asm [N=function]
	@$(INGOT) dump $(F) $(if $(P),--stage $(P)) $(if $(N),--func $(N))

bisect: build runtime ## find the pass that breaks a module: F=file [ARGS=...]
	@node dist/tools/bisect.js $(F) $(ARGS)

programs: ## rebuild testdata/programs/*.wasm from C (needs clang for wasm32-wasi and wasi-libc)
	@$(MAKE) -f testdata/programs/build.mk programs

DEMO      := testdata/programs/compress.wasm
DEMO_ARGS :=

demo: build runtime ## compile a WASI program to demo.cwasm and run it without Node
	$(INGOT) compile $(DEMO) -o demo.cwasm --time
	$(RUNTIME) demo.cwasm $(DEMO_ARGS)
	@echo
	@echo "$(DEMO), $$(wc -c < $(DEMO)) bytes of WebAssembly, became demo.cwasm, $$(wc -c < demo.cwasm) bytes:"
	@echo "an ELF file of machine code, made without LLVM, linker or assembler. The lines above it are"
	@echo "what the program printed, run by $(RUNTIME), $$(wc -c < $(RUNTIME)) bytes,"
	@echo "which maps the file and jumps into it: no Node, no libc."
