//! How many clusters: what each number of them would give, and which numbers that speaks for.

use super::clusters::Clusters;
use super::elbow::Elbow;
use super::gap::Gap;
use super::lloyd::Partition;
use super::options::Plan;
use super::search::Search;
use crate::text::list;
use serde::{Deserialize, Serialize};

/// The best partition found into a number of clusters, from the seeded starts and from SPSS's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// The number of clusters.
    pub k: usize,
    /// Its sum of squared distances.
    pub sse: f64,
    /// The mean silhouette.
    pub silhouette: Option<f64>,
    /// The Caliński–Harabasz index.
    pub calinski_harabasz: Option<f64>,
    /// The Davies–Bouldin index.
    pub davies_bouldin: Option<f64>,
    /// log W, from which the gap is taken, over the cases that were searched. By squared distances W
    /// is their sum of squares within clusters, by plain ones ½ Σ over clusters of (Σ over pairs of
    /// the distance)/n. `None` where W is 0, or as many clusters as different cases were asked for.
    pub log_w: Option<f64>,
    /// The gap statistic: how far log W lies below its mean over tables without structure.
    pub gap: Option<f64>,
    /// Its standard error, sd·√(1 + 1/B) over the B references.
    pub gap_se: Option<f64>,
}

/// Which numbers of clusters the comparison speaks for. They need not agree, and none is chosen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Advice {
    /// Where the mean silhouette is highest.
    pub silhouette: Option<usize>,
    /// Where the Caliński–Harabasz index is highest.
    pub calinski_harabasz: Option<usize>,
    /// Where the Davies–Bouldin index is lowest.
    pub davies_bouldin: Option<usize>,
    /// The smallest number whose gap is not below that of the next less its standard error.
    pub gap: Option<usize>,
    /// Where the sum of squares bends.
    pub elbow: Elbow,
    /// All this in a sentence or two.
    pub sentence: String,
}

impl Plan<'_> {
    /// The best partition found for each number of clusters, and which of them that speaks for.
    /// `started` is what the seeded starts for the number asked for have found on the searched rows,
    /// `known` are partitions of all cases.
    pub(super) fn compare(
        &self,
        search: &Search,
        started: Option<&Partition>,
        known: &[&Partition],
        notes: &mut Vec<String>,
    ) -> (Vec<Choice>, Advice) {
        let options = self.options();
        let most = options.compare_up_to.min(self.distinct);
        let found: Vec<Partition> = (1..=most)
            .map(|k| search.best_with_spss(k, started.filter(|_| k == options.k)))
            .collect();
        let mut choices = Vec::new();
        for (k, found) in (1..).zip(&found) {
            let mut best = search.polished(found);
            for other in known.iter().filter(|other| other.sizes.len() == k) {
                if other.sse < best.sse {
                    best = (*other).clone();
                }
            }
            let quality = self.quality(&best);
            if k > 1 && k != options.k && quality.calinski_harabasz.is_none() {
                notes.extend(quality.notes.iter().map(|note| format!("For {k} clusters: {note}")));
            }
            choices.push(Choice {
                k,
                sse: best.sse,
                silhouette: quality.silhouette,
                calinski_harabasz: quality.calinski_harabasz,
                davies_bouldin: quality.davies_bouldin,
                log_w: None,
                gap: None,
                gap_se: None,
            });
        }
        let mut advice = Advice::of_indices(&choices);
        if options.gap_references > 0 && !choices.is_empty() {
            let gap = self.gap(search, &found);
            for (choice, (log_w, of_gap)) in
                choices.iter_mut().zip(gap.log_w.iter().zip(gap.gaps()))
            {
                choice.log_w = *log_w;
                (choice.gap, choice.gap_se) = of_gap.unzip();
            }
            advice.gap = gap.first_within_se();
            advice.elbow = Elbow::of(&gap);
        }
        advice.sentence = advice.said(options.gap_references, choices.len());
        (choices, advice)
    }

    fn gap(&self, search: &Search, found: &[Partition]) -> Gap {
        let options = self.options();
        Gap::of(
            search.searched(),
            found,
            options.gap_references,
            options.gap_distance,
            options.seed,
            self.threads(),
        )
    }
}

impl Advice {
    fn of_indices(choices: &[Choice]) -> Advice {
        // Of equals the smallest number.
        let best = |figure: &dyn Fn(&Choice) -> Option<f64>| {
            let mut best: Option<(usize, f64)> = None;
            for choice in choices {
                if let Some(value) = figure(choice)
                    && best.is_none_or(|(_, most)| value > most)
                {
                    best = Some((choice.k, value));
                }
            }
            best.map(|(k, _)| k)
        };
        Advice {
            silhouette: best(&|choice| choice.silhouette),
            calinski_harabasz: best(&|choice| choice.calinski_harabasz),
            davies_bouldin: best(&|choice| choice.davies_bouldin.map(|index| -index)),
            ..Advice::default()
        }
    }

    fn said(&self, references: usize, compared: usize) -> String {
        if compared < 2 {
            return String::new();
        }
        let mut indices = Vec::new();
        let mut say = |k: Option<usize>, what: &str| {
            indices.extend(k.map(|k| match what {
                "the silhouette" => format!("{what} is best for {k} clusters"),
                _ => format!("{what} for {k}"),
            }));
        };
        say(self.silhouette, "the silhouette");
        say(self.calinski_harabasz, "Caliński–Harabasz");
        say(self.davies_bouldin, "Davies–Bouldin");
        let mut sentences = Vec::new();
        if !indices.is_empty() {
            sentences.push(format!("Of 1 to {compared} clusters, {}.", list(&indices)));
        }
        if references > 0 {
            sentences.push(match self.gap {
                Some(1) => "By the gap statistic 1 cluster is enough.".to_string(),
                Some(k) => format!("By the gap statistic {k} clusters are enough."),
                None => "By the gap statistic no number of those compared is enough.".to_string(),
            });
            sentences.push(match self.elbow.k {
                Some(k) => format!("The sum of squares has a clear elbow at {k}."),
                None => "The sum of squares has no clear elbow: none that tables without structure do not have as well.".to_string(),
            });
        }
        sentences.join(" ")
    }
}

impl Clusters {
    /// What was found for a number of clusters, if it was compared.
    pub fn choice(&self, k: usize) -> Option<&Choice> {
        self.k_choice.iter().find(|choice| choice.k == k)
    }
}
