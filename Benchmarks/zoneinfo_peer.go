// Reads a zoneinfo with prometheus/procfs, which node_exporter reads it with. `zoneinfo-peer DIR RUNS`, where
// DIR/zoneinfo is the file, prints zones, 0 and the median nanoseconds of a read. Built by Benchmarks/peers
// with Debian's golang-github-prometheus-procfs-dev; not shipped.
package main

import (
	"fmt"
	"os"
	"sort"
	"strconv"
	"time"

	"github.com/prometheus/procfs"
)

func main() {
	runs, err := strconv.Atoi(os.Args[2])
	if err != nil || runs < 1 {
		fmt.Fprintln(os.Stderr, "usage: zoneinfo-peer DIR RUNS")
		os.Exit(64)
	}
	fs, err := procfs.NewFS(os.Args[1])
	if err != nil {
		panic(err)
	}
	times := make([]int64, runs)
	zones := 0
	for run := range times {
		start := time.Now()
		info, err := fs.Zoneinfo()
		if err != nil {
			panic(err)
		}
		zones = len(info)
		times[run] = time.Since(start).Nanoseconds()
	}
	sort.Slice(times, func(i, j int) bool { return times[i] < times[j] })
	fmt.Println(zones, 0, times[runs/2])
}
