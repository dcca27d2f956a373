# The developer's front door. Every target calls a script that works without make too.
.PHONY: run test build lint format golden bench corpus lab lab-grid lab-record clean

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
	UPDATE_GOLDEN=1 Scripts/test --filter 'Golden|OOMTable'
	git --no-pager diff --stat -- Tests/Golden Documentation

bench:
	Benchmarks/run

# What is said of OOM reports and hosts from elsewhere; says NOT TESTED where there are none.
corpus:
	Scripts/corpus-table --zonewise "$$(Scripts/build)" --page Documentation/corpus.md

# Boots the machines of CI (one on each kernel series, and more) and compares zone for zone.
lab:
	Scripts/install-dependencies lab
	python3 Lab/grid.py ci --zonewise "$$(Scripts/build)"

# The whole grid: about half an hour on two cores.
lab-grid:
	Scripts/install-dependencies lab
	python3 Lab/grid.py run --jobs 2 --zonewise "$$(Scripts/build)"

lab-record:
	Scripts/install-dependencies lab
	python3 Lab/record.py boots

clean:
	rm -rf .build Benchmarks/.build
