# make help lists what can be done; every target sets up what it needs first (eng/dotnet).
.DEFAULT_GOAL := help
SHELL := /bin/sh
SERVICE := src/Rx.Alerting.Service
PUBLISHED := $(SERVICE)/bin/publish
PROGRAM := $(PUBLISHED)/rx-alerting.dll
ARGS ?=
TAG ?= rx-alerting:latest
VARIANT ?= chiseled
PROFILE ?= kafka

.PHONY: help setup build bundle publish run image up down replay explain test behaviour pages sim score bench format check clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "  ARGS='…' adds arguments: make run ARGS='--listen 127.0.0.1:9000', make replay ARGS='access.log'"

setup: ## find the .NET SDK, or install it
	@eng/dotnet --version

build: ## build everything (warnings are errors)
	@eng/dotnet msbuild Rx.Alerting.sln -restore -p:Configuration=Release -v:quiet -nologo -tl:off

bundle: ## make the picture that moves, for what is built next (needs npm; without it, pictures stand still)
	@eng/bundle

publish: $(PROGRAM) ## make the program, for this system: src/Rx.Alerting.Service/bin/publish

$(PROGRAM): FORCE
	@echo "Building …" >&2
	@eng/dotnet publish $(SERVICE) -c Release -o $(PUBLISHED) -v:quiet -nologo -tl:off

run: $(PROGRAM) ## start the service on simulated traffic; its page: http://localhost:8080
	@exec eng/dotnet $(PROGRAM) run $(ARGS)

image: ## build the container image with podman, buildah or docker: make image TAG=rx-alerting:1 VARIANT=debian
	@VARIANT=$(VARIANT) eng/image $(TAG) $(ARGS)

up: ## start the whole system in containers (compose/README.md): make up PROFILE=kafka, kinesis or embedded
	@eng/compose --profile $(PROFILE) up --build --detach $(ARGS)
	@echo "http://localhost:8080/, http://localhost:8065/, http://localhost:3000/; make down stops it"

down: ## stop the whole system
	@eng/compose --profile kafka --profile kinesis --profile embedded down $(ARGS)

replay: $(PROGRAM) ## backtest files: make replay ARGS='views.jsonl.gz --out incidents.jsonl'
	@exec eng/dotnet $(PROGRAM) replay $(ARGS)

explain: $(PROGRAM) ## say what failures have in common: make explain ARGS='views.jsonl --from 2026-11-22T08:30Z --to 2026-11-22T08:45Z'
	@exec eng/dotnet $(PROGRAM) explain $(ARGS)

test: ## build and run all tests; ends with "N passed, N failed, N skipped"
	@eng/test $(ARGS)

behaviour: build ## test what people see: the built service among real servers; make behaviour ARGS='--name silenced'
	@eng/servers
	@cd tests/behaviour && { [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --ignore-scripts --loglevel=error; } \
		&& npm test --silent -- $(ARGS)

pages: bundle build ## test the pages of the built service in a browser (Chromium)
	@eng/servers
	@cd tests/pages && { [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --ignore-scripts --loglevel=error; } \
		&& npm test --silent -- $(ARGS)

sim: ## crash the pipeline everywhere, simulated; make sim SEED=95 replays one seed
	@RX_ALERTING_SEED=$(SEED) eng/test -class '*CrashSimulationTests'

score: $(PROGRAM) ## measure how well incidents are found and explained: make score SEEDS='7 8' VIEWS=2000000
	@eng/score $(PROGRAM) $(ARGS)

bench: ## measure: operators and whole replays
	@eng/dotnet run --project tests/Rx.Alerting.Benchmarks -c Release -- $(ARGS)

format: ## put the code into house format
	@eng/dotnet format Rx.Alerting.sln

check: ## say what make format would change
	@eng/dotnet format Rx.Alerting.sln --verify-no-changes

clean: ## remove everything that was built
	@rm -rf BenchmarkDotNet.Artifacts TestResults src/*/bin src/*/obj tests/*/bin tests/*/obj

FORCE:
