//! The labelling of many rows at once, the work that takes nearly all the time.
//!
//! Rows stand in blocks of [`LANES`], variable by variable, so that one instruction serves as many
//! rows as the processor's registers hold. The sums are added up chunk by chunk, and the chunks in
//! their order, so that the number of threads does not change a bit.

use crate::cluster::rows::Rows;
use crate::cluster::threads;
use crate::cluster::wide::{Work, widest};

/// Rows in a block.
const LANES: usize = 16;
/// Rows in a chunk; a whole number of blocks.
pub(super) const CHUNK: usize = 8_192;
/// With fewer products than this, starting threads would take longer than the work.
const WORTH_THREADS: usize = 1 << 20;

/// Complete rows in blocks; the last is filled up with zeros.
#[derive(Clone, Debug)]
pub(super) struct Blocks {
    d: usize,
    n: usize,
    values: Vec<f64>,
    chunks: Vec<Tally>,
}

/// What the members of each cluster add up to.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    /// Rows in each cluster.
    pub(super) sizes: Vec<usize>,
    /// k × d sums of the members' values.
    pub(super) sums: Vec<f64>,
}

impl Tally {
    fn clear(&mut self) {
        self.sizes.fill(0);
        self.sums.fill(0.0);
    }

    fn add(&mut self, other: &Tally) {
        self.sizes.iter_mut().zip(&other.sizes).for_each(|(all, size)| *all += size);
        self.sums.iter_mut().zip(&other.sums).for_each(|(all, sum)| *all += sum);
    }
}

impl Blocks {
    /// The rows in blocks, with room to tally k clusters.
    pub(super) fn new(rows: &Rows, k: usize) -> Self {
        let (n, d) = (rows.n(), rows.d);
        let mut values = vec![0.0; n.div_ceil(LANES) * LANES * d];
        let blocks = values.chunks_exact_mut(LANES * d);
        for (block, members) in blocks.zip(rows.values.chunks(LANES * d)) {
            for (lane, row) in members.chunks_exact(d).enumerate() {
                for (variable, value) in row.iter().enumerate() {
                    block[variable * LANES + lane] = *value;
                }
            }
        }
        let empty = Tally { sizes: vec![0; k], sums: vec![0.0; k * d] };
        Blocks { d, n, values, chunks: vec![empty; n.div_ceil(CHUNK)] }
    }

    /// Labels every row with its nearest centre, of equally near ones the first, and tallies the
    /// members.
    pub(super) fn assign(&mut self, centres: &[f64], labels: &mut [u32], threads: usize) -> Tally {
        let d = self.d;
        let work = self.n * centres.len();
        let threads = if work < WORTH_THREADS { 1 } else { threads };
        let pieces =
            (self.values.chunks(CHUNK * d)).zip(labels.chunks_mut(CHUNK)).zip(&mut self.chunks);
        threads::share(pieces, threads, |((blocks, labels), tally)| {
            tally.clear();
            widest(Chunk { blocks, centres, d, labels, tally });
        });
        let mut all = Tally { sizes: vec![0; centres.len() / d], sums: vec![0.0; centres.len()] };
        self.chunks.iter().for_each(|chunk| all.add(chunk));
        all
    }
}

/// A chunk to label and to tally.
struct Chunk<'a> {
    blocks: &'a [f64],
    centres: &'a [f64],
    d: usize,
    labels: &'a mut [u32],
    tally: &'a mut Tally,
}

impl Work for Chunk<'_> {
    type Found = ();

    /// Few variables are known to the compiler, which then unrolls the loops over them.
    #[inline(always)]
    fn run(self) {
        match self.d {
            1 => self.assign::<1>(),
            2 => self.assign::<2>(),
            3 => self.assign::<3>(),
            4 => self.assign::<4>(),
            5 => self.assign::<5>(),
            6 => self.assign::<6>(),
            7 => self.assign::<7>(),
            8 => self.assign::<8>(),
            9 => self.assign::<9>(),
            10 => self.assign::<10>(),
            _ => self.assign::<0>(),
        }
    }
}

impl Chunk<'_> {
    /// `D` is the number of variables, or 0 where only `d` knows it.
    #[inline(always)]
    fn assign<const D: usize>(self) {
        let d = if D > 0 { D } else { self.d };
        let blocks = self.blocks.chunks_exact(LANES * d);
        for (block, labels) in blocks.zip(self.labels.chunks_mut(LANES)) {
            let nearest = nearest_of_block::<D>(block, self.centres, d);
            // The last block may hold fewer rows than lanes.
            for (lane, label) in labels.iter_mut().enumerate() {
                let cluster = nearest[lane] as usize;
                *label = cluster as u32;
                self.tally.sizes[cluster] += 1;
                let sums = &mut self.tally.sums[cluster * d..][..d];
                for (variable, sum) in sums.iter_mut().enumerate() {
                    *sum += block[variable * LANES + lane];
                }
            }
        }
    }
}

/// For each row of a block its nearest centre. Labels are as wide as the numbers, so that one
/// comparison selects both.
#[inline(always)]
fn nearest_of_block<const D: usize>(block: &[f64], centres: &[f64], d: usize) -> [u64; LANES] {
    let d = if D > 0 { D } else { d };
    let mut nearest = [0_u64; LANES];
    let mut least = [f64::INFINITY; LANES];
    for (cluster, centre) in centres.chunks_exact(d).enumerate() {
        let mut distances = [0.0; LANES];
        for (column, coordinate) in block.chunks_exact(LANES).zip(centre) {
            for (distance, value) in distances.iter_mut().zip(column) {
                let apart = value - coordinate;
                *distance += apart * apart;
            }
        }
        for ((distance, least), nearest) in distances.iter().zip(&mut least).zip(&mut nearest) {
            let is_closer = distance < least;
            *least = if is_closer { *distance } else { *least };
            *nearest = if is_closer { cluster as u64 } else { *nearest };
        }
    }
    nearest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::wide::on_every_path;

    /// The definition: row by row, centre by centre.
    fn by_definition(rows: &Rows, centres: &[f64]) -> (Vec<u32>, Tally) {
        let d = rows.d;
        let mut tally = Tally { sizes: vec![0; centres.len() / d], sums: vec![0.0; centres.len()] };
        let labels = (0..rows.n())
            .map(|row| {
                let row = rows.row(row);
                let mut nearest = (0, f64::INFINITY);
                for (cluster, centre) in centres.chunks_exact(d).enumerate() {
                    let mut distance = 0.0;
                    for (x, c) in row.iter().zip(centre) {
                        distance += (x - c) * (x - c);
                    }
                    if distance < nearest.1 {
                        nearest = (cluster, distance);
                    }
                }
                tally.sizes[nearest.0] += 1;
                let sums = &mut tally.sums[nearest.0 * d..][..d];
                sums.iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
                nearest.0 as u32
            })
            .collect();
        (labels, tally)
    }

    /// Every path, bit by bit, for every number of variables that has code of its own and some
    /// that have none, with ties and with blocks that are not full.
    #[test]
    fn every_path_gives_the_same_bits() {
        for d in 1..=12 {
            for n in [1, 15, 16, 17, 100] {
                let value = |i: usize| ((i * 7919 + 13) % 101) as f64 / 7.0;
                let rows = Rows::complete(d, (0..n * d).map(value).collect());
                let mut centres: Vec<f64> = (0..4 * d).map(|i| value(i * 31)).collect();
                let twin = centres[..d].to_vec();
                centres.extend(twin);
                let (labels, tally) = by_definition(&rows, &centres);
                let values = Blocks::new(&rows, 5).values;
                let empty = Tally { sizes: vec![0; 5], sums: vec![0.0; 5 * d] };
                let work = Copied { blocks: &values, centres: &centres, d, n, empty };
                let paths = on_every_path(work);
                assert!(!paths.is_empty());
                for (labels_of_path, of_path) in paths {
                    assert_eq!(labels_of_path, labels);
                    // The fifth centre is the first again: a tie goes to the first.
                    assert_eq!((&of_path.sizes, of_path.sizes[4]), (&tally.sizes, 0));
                    let bits = |sums: &[f64]| sums.iter().map(|s| s.to_bits()).collect::<Vec<_>>();
                    assert_eq!(bits(&of_path.sums), bits(&tally.sums));
                }
            }
        }
    }

    /// A chunk with labels and tally of its own.
    #[derive(Clone)]
    struct Copied<'a> {
        blocks: &'a [f64],
        centres: &'a [f64],
        d: usize,
        n: usize,
        empty: Tally,
    }

    impl Work for Copied<'_> {
        type Found = (Vec<u32>, Tally);

        #[inline(always)]
        fn run(mut self) -> Self::Found {
            let mut labels = vec![0; self.n];
            let (blocks, centres, d) = (self.blocks, self.centres, self.d);
            let tally = &mut self.empty;
            Chunk { blocks, centres, d, labels: &mut labels, tally }.run();
            (labels, self.empty)
        }
    }
}
