//! The scores of a second period for the ten customers of the reconstructed study: made up, from the
//! first period's by a small seeded generator. Two customers go and two come.
//!
//! `cargo run --example second_period > examples/sme-later/scores.csv`

/// A small generator of its own, so that the file is the same on every machine (Vigna's SplitMix64).
struct SplitMix(u64);

impl SplitMix {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % n
    }
}

/// How the scores of a customer drift, in steps of the scale; `None` for who is gone.
fn drift(customer: &str) -> Option<i64> {
    match customer {
        "Customer 1" | "Customer 5" => None,
        "Customer 2" => Some(1),
        "Customer 4" => Some(-2),
        "Customer 6" => Some(-1),
        _ => Some(0),
    }
}

fn main() {
    let mut random = SplitMix(2025);
    let mut lines = include_str!("sme-paper/scores.csv").lines();
    println!("{}", lines.next().unwrap_or_default());
    let mut experts: Vec<&str> = Vec::new();
    for line in lines {
        let mut cells = line.split(',');
        let (expert, customer) =
            (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
        if !experts.contains(&expert) {
            experts.push(expert);
        }
        let Some(drift) = drift(customer) else { continue };
        let scores = cells.map(|cell| {
            let score: i64 = cell.parse().unwrap_or(3);
            // One score in six wavers by one step.
            let wavers = [-1, 0, 0, 0, 0, 1][random.below(6) as usize];
            (score + drift + wavers).clamp(1, 5).to_string()
        });
        println!("{expert},{customer},{}", scores.collect::<Vec<_>>().join(","));
    }
    for (customer, middle) in [("Customer 11", 4), ("Customer 12", 2)] {
        for expert in &experts {
            let scores =
                (0..15).map(|_| (middle + random.below(3) as i64 - 1).clamp(1, 5).to_string());
            println!("{expert},{customer},{}", scores.collect::<Vec<_>>().join(","));
        }
    }
}
