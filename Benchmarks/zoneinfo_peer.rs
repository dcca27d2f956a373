// Reads a zoneinfo as one would in Rust: names as slices of the text, a vector of counters a zone and of numbers
// a cpu's list. `zoneinfo-peer FILE RUNS` prints bytes, a sum and the median nanoseconds of a parse. Built by
// Benchmarks/peers; not shipped.
use std::time::Instant;

#[derive(Default)]
struct Zone<'a> {
    name: &'a str,
    counters: Vec<(&'a str, u64)>,
    lists: Vec<Vec<(&'a str, u64)>>,
}

fn parse(text: &str) -> Vec<Zone<'_>> {
    let mut zones: Vec<Zone> = Vec::new();
    for line in text.lines() {
        let line = line.trim_start();
        if line.starts_with("Node ") {
            zones.push(Zone { name: line, ..Default::default() });
            continue;
        }
        let Some(zone) = zones.last_mut() else { continue };
        let Some((name, number)) = line.rsplit_once(' ') else { continue };
        let Ok(value) = number.parse::<u64>() else { continue };
        let name = name.trim_end();
        match name {
            "cpu:" => zone.lists.push(vec![(name, value)]),
            "count:" | "high:" | "batch:" | "high_min:" | "high_max:" | "vm stats threshold:" => {
                if let Some(list) = zone.lists.last_mut() {
                    list.push((name, value))
                }
            }
            _ => zone.counters.push((name, value)),
        }
    }
    zones
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let text = std::fs::read_to_string(&arguments[1]).expect("a zoneinfo");
    let runs: usize = arguments[2].parse().expect("a number of runs");
    let mut times = Vec::with_capacity(runs);
    let mut sum: usize = 0;
    for _ in 0..runs {
        let start = Instant::now();
        let zones = parse(&text);
        // Looked at, so that nothing is optimised away.
        sum = zones.iter().map(|zone| zone.name.len() + zone.counters.len() + zone.lists.len()).sum();
        drop(zones);
        times.push(start.elapsed().as_nanos());
    }
    times.sort();
    println!("{} {} {}", text.len(), sum, times[runs / 2]);
}
