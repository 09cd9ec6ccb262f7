//! The smallest change of judgements that makes them consistent enough.

use super::{complete_by_eigenvalue, eigenvector};
use crate::judgement::{Incomplete, place};

/// With more judgements than these of nine items, pairs of changes are tried among the most
/// promising only.
const ALL_PAIRS: usize = 36;
/// How many judgements are promising then.
const PROMISING: usize = 20;

/// One judgement to change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// The first item.
    pub i: usize,
    /// The second item.
    pub j: usize,
    /// The judgement as it was given.
    pub from: f64,
    /// The judgement to give instead: a whole number of the scale or its reciprocal.
    pub to: f64,
}

/// What a judgement on the scale of words is worth as a ratio.
type Worth<'a> = &'a dyn Fn(f64) -> f64;

/// The judgement at a whole place.
fn at_place(place: i64) -> f64 {
    if place >= 0 { place as f64 + 1.0 } else { 1.0 / (1 - place) as f64 }
}

/// The smallest repair on the scale 1 … `scale_max` after which λmax is `enough`: the fewest judgements
/// changed, of those the fewest steps of the scale, of those the smallest λmax. Changes
/// stand in the order of the pairs.
///
/// λmax is convex in the logarithm of each judgement, so that from a given judgement towards its best
/// value it only falls: the first value of the scale that suffices is the nearest. That makes the
/// search for one change, and for two among up to 36 judgements (nine items), exhaustive. For two
/// changes among more, the 20 judgements whose change alone helps most are tried; from three changes
/// on, each change is the one that helps most after those before it, then each is made as small as it
/// can be: a short repair, not certainly the shortest.
///
/// `worth` is what a judgement is worth as a ratio (itself on Saaty's scale); it must rise. `enough`
/// must hold for every λmax below one for which it holds. With gaps, λmax is that of the best
/// completion. An empty list where nothing has to change, `None` where the judgements do not connect
/// all items.
///
/// ```
/// use custval::judgement::{Incomplete, Matrix};
/// use custval::priority::repair;
///
/// // a over b 2, b over c 2, but c over a 2.
/// let circle = Matrix::from_upper(3, &[2.0, 0.5, 2.0]).unwrap();
/// let enough = |lambda: f64| (lambda - 3.0) / 2.0 / 0.58 <= 0.1;
/// let changes = repair(&Incomplete::from(&circle), 9.0, &|word| word, &enough).unwrap();
/// assert_eq!(changes.len(), 1);
/// assert_eq!((changes[0].from, changes[0].to), (2.0, 0.5));
/// ```
pub fn repair(
    judgements: &Incomplete,
    scale_max: f64,
    worth: &dyn Fn(f64) -> f64,
    enough: &dyn Fn(f64) -> bool,
) -> Option<Vec<Change>> {
    if judgements.components().len() > 1 {
        return None;
    }
    let search = Search { judgements, worth, enough, end: scale_max.floor() as i64 - 1 };
    if enough(search.lambda(judgements)) {
        return Some(Vec::new());
    }
    let candidates = search.singles();
    let best = search.one(&candidates).or_else(|| search.two(&candidates));
    best.or_else(|| search.many())
}

struct Search<'a> {
    /// On the scale of words.
    judgements: &'a Incomplete,
    worth: Worth<'a>,
    enough: &'a dyn Fn(f64) -> bool,
    /// The last place of the scale.
    end: i64,
}

/// A repair with what it costs: steps of the scale, then λmax.
type Costed = (f64, f64, Vec<Change>);

fn cheaper(one: Option<Costed>, other: Option<Costed>) -> Option<Costed> {
    match (one, other) {
        (Some(a), Some(b)) => {
            let less = b.0 < a.0 - 1e-9 || (b.0 <= a.0 + 1e-9 && b.1 < a.1 - 1e-12);
            Some(if less { b } else { a })
        }
        (a, b) => a.or(b),
    }
}

impl Search<'_> {
    fn ratios(&self, words: &Incomplete) -> Incomplete {
        let mut ratios = words.clone();
        for (i, j) in words.pairs() {
            if let (Some(over), Some(under)) = (words.get(i, j), words.get(j, i)) {
                ratios.set(i, j, (self.worth)(over), (self.worth)(under));
            }
        }
        ratios
    }

    /// λmax, of the best completion where there are gaps.
    fn lambda(&self, words: &Incomplete) -> f64 {
        match complete_by_eigenvalue(&self.ratios(words)) {
            Some(matrix) => eigenvector(&matrix).lambda_max,
            None => f64::INFINITY,
        }
    }

    /// Each judgement with its best value when it alone may change, and λmax then; those that help
    /// most first.
    fn singles(&self) -> Vec<((usize, usize), f64, f64)> {
        let mut all: Vec<_> = self
            .judgements
            .pairs()
            .filter_map(|pair| {
                let (best, lambda) = self.freed(self.judgements, pair)?;
                Some((pair, best, lambda))
            })
            .collect();
        all.sort_by(|a, b| a.2.total_cmp(&b.2));
        all
    }

    /// The ratio that a judgement would best have given the others, and λmax then. `None` where it
    /// alone connects groups of items: then every value does as well as any other.
    fn freed(&self, judgements: &Incomplete, (i, j): (usize, usize)) -> Option<(f64, f64)> {
        let mut without = judgements.clone();
        without.set(i, j, f64::NAN, f64::NAN);
        let matrix = complete_by_eigenvalue(&self.ratios(&without))?;
        Some((matrix.get(i, j), eigenvector(&matrix).lambda_max))
    }

    fn with(&self, judgements: &Incomplete, (i, j): (usize, usize), to: f64) -> Incomplete {
        let mut changed = judgements.clone();
        changed.set(i, j, to, 1.0 / to);
        changed
    }

    /// The places of the scale from a judgement towards its best ratio, the nearest first, up to the
    /// first that is not short of it.
    fn towards(&self, from: f64, best: f64) -> Vec<i64> {
        let here = place(from);
        let worth = |place: i64| (self.worth)(at_place(place));
        let mut places = Vec::new();
        if best > (self.worth)(from) {
            for place in here.floor() as i64 + 1..=self.end {
                places.push(place);
                if worth(place) >= best {
                    break;
                }
            }
        } else {
            for place in (-self.end..=here.ceil() as i64 - 1).rev() {
                places.push(place);
                if worth(place) <= best {
                    break;
                }
            }
        }
        places
    }

    /// The place of the scale that is nearest to a ratio.
    fn nearest_place(&self, ratio: f64) -> i64 {
        let distance = |place: &i64| ((self.worth)(at_place(*place)).ln() - ratio.ln()).abs();
        let nearer = |a: &i64, b: &i64| distance(a).total_cmp(&distance(b));
        (-self.end..=self.end).min_by(nearer).unwrap_or(0)
    }

    /// The nearest value of one judgement that suffices.
    fn nearest(
        &self,
        judgements: &Incomplete,
        (i, j): (usize, usize),
        best: f64,
    ) -> Option<(f64, f64, Change)> {
        let from = judgements.get(i, j)?;
        self.towards(from, best).into_iter().find_map(|to| {
            let steps = (to as f64 - place(from)).abs();
            let to = at_place(to);
            let lambda = self.lambda(&self.with(judgements, (i, j), to));
            (self.enough)(lambda).then_some((steps, lambda, Change { i, j, from, to }))
        })
    }

    fn one(&self, candidates: &[((usize, usize), f64, f64)]) -> Option<Vec<Change>> {
        let best = candidates
            .iter()
            .filter(|(_, _, lambda)| (self.enough)(*lambda))
            .filter_map(|(pair, best, _)| {
                let (steps, lambda, change) = self.nearest(self.judgements, *pair, *best)?;
                Some((steps, lambda, vec![change]))
            })
            .fold(None, |best, next| cheaper(best, Some(next)));
        best.map(|(_, _, changes)| changes)
    }

    fn two(&self, candidates: &[((usize, usize), f64, f64)]) -> Option<Vec<Change>> {
        let tried = if candidates.len() <= ALL_PAIRS { candidates.len() } else { PROMISING };
        let mut best: Option<Costed> = None;
        for (at, (first, ..)) in candidates.iter().take(tried).enumerate() {
            for (second, ..) in candidates.iter().take(tried).skip(at + 1) {
                // What no value of both could reach need not be searched.
                let mut without = self.judgements.clone();
                without.set(first.0, first.1, f64::NAN, f64::NAN);
                match self.freed(&without, *second) {
                    Some((_, lambda)) if !(self.enough)(lambda) => continue,
                    // Without both the items fall apart: the search itself will tell.
                    _ => {}
                }
                let most_steps = best.as_ref().map_or(f64::INFINITY, |best| best.0);
                best = cheaper(best, self.both(*first, *second, most_steps));
            }
        }
        best.map(|(_, _, mut changes)| {
            changes.sort_by_key(|change| (change.i, change.j));
            changes
        })
    }

    /// The fewest steps of two judgements that suffice, if not more than `most_steps`.
    fn both(
        &self,
        first: (usize, usize),
        second: (usize, usize),
        most_steps: f64,
    ) -> Option<Costed> {
        let from = self.judgements.get(first.0, first.1)?;
        let mut best: Option<Costed> = None;
        for to in -self.end..=self.end {
            let steps = (to as f64 - place(from)).abs();
            let limit = best.as_ref().map_or(most_steps, |best| best.0.min(most_steps));
            if steps < 1e-9 || steps > limit {
                continue;
            }
            let to = at_place(to);
            let changed = self.with(self.judgements, first, to);
            let Some((value, reached)) = self.freed(&changed, second) else { continue };
            if !(self.enough)(reached) {
                continue;
            }
            let Some((more, lambda, change)) = self.nearest(&changed, second, value) else {
                continue;
            };
            let own = Change { i: first.0, j: first.1, from, to };
            best = cheaper(best, Some((steps + more, lambda, vec![own, change])));
        }
        best
    }

    /// Change after change, each that which helps most; then every change undone, or made smaller, that
    /// need not be so large.
    fn many(&self) -> Option<Vec<Change>> {
        let mut judgements = self.judgements.clone();
        for _ in 0..4 * self.judgements.known() {
            let now = self.lambda(&judgements);
            if (self.enough)(now) {
                return Some(self.changes(self.lessened(judgements)));
            }
            let changed = |pair: &(usize, usize)| {
                judgements.get(pair.0, pair.1) != self.judgements.get(pair.0, pair.1)
            };
            let helps = |pair: (usize, usize)| {
                let (value, _) = self.freed(&judgements, pair)?;
                let to = at_place(self.nearest_place(value));
                let lambda = self.lambda(&self.with(&judgements, pair, to));
                (lambda < now - 1e-9).then_some((pair, to, lambda))
            };
            let best = |pairs: Vec<(usize, usize)>| {
                pairs.into_iter().filter_map(helps).min_by(|a, b| a.2.total_cmp(&b.2))
            };
            // A judgement that was changed is changed again only if no other helps.
            let (again, fresh): (Vec<_>, Vec<_>) = judgements.pairs().partition(changed);
            match best(fresh).or_else(|| best(again)) {
                Some((pair, to, _)) => judgements = self.with(&judgements, pair, to),
                None => break,
            }
        }
        // On the scale nothing single helps any more: all as the weights say, or all equal, which
        // contradicts nothing.
        let weights = eigenvector(&complete_by_eigenvalue(&self.ratios(&judgements))?).weights;
        let all = |to: &dyn Fn(usize, usize) -> f64| {
            let pairs = self.judgements.pairs();
            pairs.fold(self.judgements.clone(), |now, (i, j)| self.with(&now, (i, j), to(i, j)))
        };
        let fitted = all(&|i, j| at_place(self.nearest_place(weights[i] / weights[j])));
        let sound = [fitted, all(&|_, _| 1.0)];
        let found = sound.into_iter().find(|tried| (self.enough)(self.lambda(tried)))?;
        Some(self.changes(self.lessened(found)))
    }

    /// Each changed judgement as near to the given one as it can be.
    fn lessened(&self, mut judgements: Incomplete) -> Incomplete {
        for (i, j) in self.judgements.pairs() {
            let (Some(from), Some(to)) = (self.judgements.get(i, j), judgements.get(i, j)) else {
                continue;
            };
            if from == to {
                continue;
            }
            let between = self.towards(from, (self.worth)(to)).into_iter().map(at_place);
            let nearer = std::iter::once(from).chain(between);
            let least = nearer
                .map(|word| self.with(&judgements, (i, j), word))
                .find(|tried| (self.enough)(self.lambda(tried)));
            judgements = least.unwrap_or(judgements);
        }
        judgements
    }

    /// Where judgements differ from those given.
    fn changes(&self, judgements: Incomplete) -> Vec<Change> {
        self.judgements
            .pairs()
            .filter_map(|(i, j)| {
                let (from, to) = (self.judgements.get(i, j)?, judgements.get(i, j)?);
                (from != to).then_some(Change { i, j, from, to })
            })
            .collect()
    }
}
