# One word for each habit. `make demo` does the set-up and the main job, `make test` passes the tests.

GRISTMILL := .build/release/gristmill
LIBRARIES := libzstd libisal icu-uc icu-i18n gumbo
PACKAGES  := pkg-config g++ libzstd-dev libisal-dev libicu-dev libgumbo-dev

.PHONY: demo test build packages toolchain lint format bench clean

demo: build
	$(GRISTMILL) run Pipelines/crawl.yaml --input 'Samples/crawl/*' --output out/demo

test: packages toolchain
	swift test

build: packages toolchain
	swift build -c release --static-swift-stdlib --product gristmill

# What apt has to bring; asks for root only when something is missing.
packages:
	@command -v c++ >/dev/null && pkg-config --exists $(LIBRARIES) 2>/dev/null || { \
	  if [ "$$(id -u)" = 0 ]; then AS_ROOT=; else AS_ROOT=sudo; fi; \
	  $$AS_ROOT apt-get update -q && \
	  DEBIAN_FRONTEND=noninteractive $$AS_ROOT apt-get install -q -y $(PACKAGES); }

toolchain:
	@command -v swift >/dev/null || { \
	  echo "Gristmill needs Swift 6.2 or newer, and there is no 'swift' on the PATH."; \
	  echo "Get it from https://www.swift.org/install/linux/ and run the same command again."; \
	  exit 1; } >&2

lint: toolchain
	swift format lint --strict --recursive Package.swift Sources Tests

format: toolchain
	swift format --in-place --recursive Package.swift Sources Tests

# Runs the peers and Gristmill side by side; the peers go into a virtual environment.
bench: build
	Benchmarks/run.sh

clean:
	rm -rf .build out
