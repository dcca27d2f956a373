# The developer's front door. Every target calls a script that works without make too.
.PHONY: run test build lint format golden bench clean

run:
	@Scripts/run $(ARGS)

test:
	Scripts/test

build:
	Scripts/build

lint:
	Scripts/lint

format:
	swift format --in-place --recursive Sources Tests Package.swift $(wildcard Benchmarks/Package.swift Benchmarks/Sources)

# The only way to change the expected outputs in Tests/Golden; read the diff before you commit it.
golden:
	UPDATE_GOLDEN=1 Scripts/test --filter Golden
	git --no-pager diff --stat -- Tests/Golden

bench:
	Benchmarks/run

clean:
	rm -rf .build Benchmarks/.build
