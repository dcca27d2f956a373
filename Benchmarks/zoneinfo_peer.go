// Reads a zoneinfo with prometheus/procfs, which node_exporter reads it with. `zoneinfo-peer DIR RUNS`, where
// DIR/zoneinfo is the file, prints zones, 0 and the mean nanoseconds of the
// processor for a read, its collector's share included. Built by Benchmarks/peers
// with Debian's golang-github-prometheus-procfs-dev; not shipped.
package main

import (
	"fmt"
	"os"
	"strconv"
	"syscall"

	"github.com/prometheus/procfs"
)

// Nanoseconds of the processor so far: what runs beside does not count.
func spent() int64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return usage.Utime.Nano() + usage.Stime.Nano()
}

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
	zones := 0
	start := spent()
	for run := 0; run < runs; run++ {
		info, err := fs.Zoneinfo()
		if err != nil {
			panic(err)
		}
		zones = len(info)
	}
	fmt.Println(zones, 0, (spent()-start)/int64(runs))
}
