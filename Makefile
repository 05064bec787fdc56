# One word for each habit. `make demo` does the set-up and the main job, `make test` passes the tests.

GRISTMILL := .build/release/gristmill
LIBRARIES := libzstd libisal icu-uc icu-i18n gumbo liblzma liblz4 libbrotlidec snappy
PACKAGES  := git pkg-config g++ libzstd-dev libisal-dev libicu-dev libgumbo-dev \
             libbz2-dev liblzma-dev liblz4-dev libbrotli-dev libsnappy-dev
# What the Swift toolchain itself loads.
TOOLCHAIN := binutils libcurl4 libncurses6 libsqlite3-0 libxml2 tzdata

.PHONY: demo test build packages toolchain lint format bench clean

demo: build
	rm -rf out/demo
	$(GRISTMILL) run Pipelines/crawl.yaml --input 'Samples/crawl/*' --output out/demo

test: packages
	swift test

build: packages
	swift build -c release --static-swift-stdlib --product gristmill

# What apt has to bring; asks for root only when something is missing.
packages: toolchain
	@{ command -v c++ && pkg-config --exists $(LIBRARIES) && test -e /usr/include/bzlib.h && swift --version; } >/dev/null 2>&1 || { \
	  if [ "$$(id -u)" = 0 ]; then AS_ROOT=; else AS_ROOT=sudo; fi; \
	  $$AS_ROOT apt-get update -q && \
	  $$AS_ROOT env DEBIAN_FRONTEND=noninteractive apt-get install -q -y $(PACKAGES) $(TOOLCHAIN); }

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
	swift build -c release --static-swift-stdlib --product kernel-benchmarks
	Benchmarks/run.sh

clean:
	rm -rf .build out
