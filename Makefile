# The developer's front door. Every target calls a script that works without make too.
.PHONY: run test build lint format golden bench bench-check bench-peers corpus lab lab-grid lab-record \
	clean install uninstall dist newcomer site spark-test batch-test fuzz sanitize coverage mutants

run:
	@Scripts/run $(ARGS)

test:
	Scripts/test

build:
	Scripts/build

# Where to: PREFIX (/usr/local), below DESTDIR where that is set.
install:
	PREFIX="$(PREFIX)" DESTDIR="$(DESTDIR)" Packaging/install

uninstall:
	PREFIX="$(PREFIX)" DESTDIR="$(DESTDIR)" Packaging/uninstall

# Everything that is released, into dist/: archives, packages, an OCI image, SBOM, checksums.
dist:
	Scripts/install-dependencies build dist
	Packaging/dist

# Documentation as plain HTML, into site/.
site:
	Scripts/install-dependencies dist
	Packaging/site site

# README's two commands, and the package, on systems that have nothing else (debootstrap).
newcomer:
	Scripts/install-dependencies build dist
	Packaging/newcomer

lint:
	Scripts/lint

format:
	swift format --in-place --recursive Sources Tests Fuzz Package.swift $(wildcard Benchmarks/Package.swift Benchmarks/Sources)

# The only way to change the expected outputs in Tests/Golden; read the diff before you commit it.
golden:
	UPDATE_GOLDEN=1 Scripts/test --filter 'Golden|OOMTable'
	git --no-pager diff --stat -- Tests/Golden Documentation

# Fails where a measure passes its limit in Benchmarks/thresholds.tsv; says which bars are missed.
bench-check:
	Scripts/install-dependencies build bench
	Benchmarks/bench-check

# Ratios to a twin in C, to readers in Go, Rust and Python, and to wc -l.
bench-peers:
	Benchmarks/peers

bench:
	Benchmarks/run

# The job for Spark with several workers, and the parts of batch systems, each compared with one run.
spark-test:
	Integrations/spark/test $(or $(HOSTS),100000)

batch-test:
	Integrations/batch/test $(HOSTS)

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
	rm -rf .build Benchmarks/.build dist site

# Every kind of input, TIME seconds each (60): Documentation/fuzzing.md.
fuzz:
	Fuzz/run $(or $(TIME),60)

# The whole suite under the sanitizers for addresses, threads and undefined behaviour, one after the other.
sanitize:
	Scripts/sanitize

# Lines of the pure targets that the whole suite runs.
coverage:
	Scripts/coverage

# Whether the suite sees 200 ways to break the sizing and the layout.
mutants:
	Scripts/mutants --folder .build/mutants
