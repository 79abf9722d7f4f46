# make test   what CI runs: formatting, vet, staticcheck, all tests with the race detector
# make bench  the benchmarks, with what each reports beside the time
# make build  the program, as ./duibiao

GO          ?= go
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.7.0

.PHONY: test bench build

test:
	@out=$$(gofmt -l cmd corpus extract index ingest rules); if [ -n "$$out" ]; then echo "gofmt: $$out"; exit 1; fi
	$(GO) vet ./...
	$(GO) run $(STATICCHECK) ./...
	$(GO) test -race -timeout 20m ./...

bench:
	$(GO) test -run '^$$' -bench . -benchtime 1x ./...

build:
	$(GO) build -trimpath -o duibiao ./cmd/duibiao
