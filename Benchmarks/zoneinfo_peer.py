"""zoneinfo_peer.py FILE RUNS: reads a zoneinfo as one would in Python, and prints bytes, zones and the median
nanoseconds of a parse. Run by Benchmarks/peers; not shipped."""
import sys
import time


def parse(text):
    zones = []
    lists = None
    for line in text.splitlines():
        words = line.split()
        if words[0] == "Node":
            lists = []
            counters = {}
            zones.append((line, counters, lists))
        elif words[0] == "cpu:":
            lists.append({"cpu:": int(words[1])})
        elif line.startswith("              ") or words[0] == "vm":
            lists[-1][words[0]] = int(words[-1])
        elif words[-1].isdigit():
            counters[" ".join(words[:-1])] = int(words[-1])
    return zones


text = open(sys.argv[1]).read()
times = []
for _ in range(int(sys.argv[2])):
    start = time.thread_time_ns()
    zones = parse(text)
    times.append(time.thread_time_ns() - start)
print(len(text), len(zones), sorted(times)[len(times) // 2])
