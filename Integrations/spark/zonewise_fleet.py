#!/usr/bin/env python3
"""Judges a fleet on Spark: each partition goes through `zonewise fleet`, the partial results are merged.

    spark-submit zonewise_fleet.py --output FOLDER [--partitions N] (--bundles PATH | --captures PATH)

PATH is anything that Hadoop reads: a file of bundles, one a line (--bundles), or a folder of captures
(--captures). FOLDER, on the driver, gets results.ndjson, a line a host in the order of the input, and summary.json.
zonewise must be on every worker; --zonewise says where. A host that can't be judged is a line that says
so; it fails no task. See README.md.
"""
import argparse
import os
import subprocess
import tempfile

from pyspark.sql import SparkSession

# Done, findings, nothing judged, some inputs unknown: all of these have rows and a partial result.
JUDGED = (0, 1, 2, 3)


def fleet(zonewise, arguments, lines=None, folder=None):
    """Rows and partial result of one run."""
    with tempfile.TemporaryDirectory() as work:
        partial = os.path.join(work, "partial.json")
        rows = os.path.join(work, "rows")
        with open(rows, "wb") as output:
            # Errors of zonewise itself go to the worker's log.
            run = subprocess.Popen(
                [zonewise, "fleet", "--partial", partial] + arguments,
                stdin=subprocess.PIPE, stdout=output, cwd=folder)
            try:
                for line in lines or ():
                    run.stdin.write(line + b"\n")
                run.stdin.close()
            except BrokenPipeError:
                pass  # its exit code says why
            code = run.wait()
        if code not in JUDGED or not os.path.exists(partial):
            raise RuntimeError(f"zonewise fleet ended with {code}; its message is in this worker's log")
        with open(partial, "rb") as file:
            summary = file.read()
        with open(rows, "rb") as file:
            return file.read(), summary


def merged(zonewise, left, right):
    """The partial result of two; either may be empty."""
    if not left or not right:
        return left or right
    with tempfile.TemporaryDirectory() as work:
        names = [os.path.join(work, name) for name in ("left.json", "right.json")]
        for name, content in zip(names, (left, right)):
            with open(name, "wb") as file:
                file.write(content)
        return subprocess.run(
            [zonewise, "fleet", "--merge"] + names, check=True, stdout=subprocess.PIPE).stdout


def judge_bundles(context, path, partitions, zonewise, name):
    # The index of a line is its number in the input, whatever partition it is in.
    lines = context.textFile(path, partitions, use_unicode=False).zipWithIndex()

    def judge(part):
        part = iter(part)
        first = next(part, None)
        if first is None:
            return
        lines = (line for line, _ in [first])
        arguments = ["--stream-name", name, "--first-line", str(first[1] + 1), "-"]
        yield first[1], fleet(zonewise, arguments, lines=chained(lines, (line for line, _ in part)))

    return lines.mapPartitions(judge)


def chained(first, rest):
    yield from first
    yield from rest


def judge_captures(context, path, partitions, zonewise):
    files = context.binaryFiles(path, partitions)
    # In the order of their names, as a shell's *.tar.gz is.
    files = files.map(lambda file: (os.path.basename(file[0]), file[1])).sortByKey()

    def judge(index, part):
        with tempfile.TemporaryDirectory() as folder:
            names = []
            for name, content in part:
                with open(os.path.join(folder, name), "wb") as file:
                    file.write(content)
                names.append(name)
            if names:
                yield index, fleet(zonewise, ["--"] + names, folder=folder)

    return files.mapPartitionsWithIndex(judge)


def main():
    parser = argparse.ArgumentParser(description="zonewise fleet on Spark")
    kinds = parser.add_mutually_exclusive_group(required=True)
    kinds.add_argument("--bundles", metavar="PATH", help="bundles, one a line")
    kinds.add_argument("--captures", metavar="PATH", help="a folder of captures")
    parser.add_argument("--output", required=True, metavar="FOLDER")
    parser.add_argument("--partitions", type=int, default=None)
    parser.add_argument("--zonewise", default="zonewise", metavar="PROGRAM")
    parser.add_argument("--name", help="what the bundles' file is called in rows; default: its name")
    options = parser.parse_args()
    spark = SparkSession.builder.appName("zonewise fleet").getOrCreate()
    context = spark.sparkContext
    partitions = options.partitions or context.defaultParallelism
    if options.bundles:
        name = options.name or os.path.basename(options.bundles.rstrip("/"))
        parts = judge_bundles(context, options.bundles, partitions, options.zonewise, name)
    else:
        parts = judge_captures(context, options.captures, partitions, options.zonewise)
    parts = parts.cache()
    zonewise = options.zonewise
    summary = parts.map(lambda part: part[1][1]).treeReduce(
        lambda left, right: merged(zonewise, left, right)) if not parts.isEmpty() else b""
    os.makedirs(options.output, exist_ok=True)
    with open(os.path.join(options.output, "results.ndjson"), "wb") as file:
        # One partition at a time: the driver never holds the whole fleet.
        for _, (rows, _) in parts.toLocalIterator():
            file.write(rows)
    with open(os.path.join(options.output, "summary.json"), "wb") as file:
        file.write(summary)
    spark.stop()


if __name__ == "__main__":
    main()
