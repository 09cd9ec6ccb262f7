//! Options that several commands share.

use clap::Args;
use custval::Error;
use custval::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use custval::model::{
    Blend, Combine, JudgementScale, Missing, Model, Objective, Standardise, WeightRules,
};
use std::str::FromStr;

/// How weights are derived.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct WeightOptions {
    /// How weights come from a matrix: eigenvector (default) or rgmm, the row geometric mean
    #[arg(long, value_name = "METHOD")]
    method: Option<String>,

    /// The table of random indices: saaty1980 (default), saaty2007, alonso_lamata2006, …
    #[arg(long, value_name = "TABLE")]
    ri: Option<String>,

    /// Warn above this consistency ratio (default 0.10)
    #[arg(long, value_name = "CR")]
    consistency_limit: Option<f64>,

    /// The upper end of the judgement scale (default 9)
    #[arg(long, value_name = "N")]
    scale_max: Option<f64>,

    /// What a step on the 1–9 scale of words is worth: linear (default), power, geometric,
    /// logarithmic, root_square, inverse_linear, balanced, balanced_n, adaptive_balanced, adaptive
    #[arg(long, value_name = "SCALE")]
    scale: Option<String>,

    /// How experts become one group: aij (default), judgement by judgement; aip, the geometric mean
    /// of their weights; aip-arithmetic
    #[arg(long, value_name = "HOW")]
    aggregate: Option<String>,

    /// Where comparisons are missing: refuse (default), lambda-min or llsm, which let the others decide
    #[arg(long, value_name = "RULE")]
    incomplete: Option<String>,

    /// Leave out experts under each node where their consistency ratio is above this
    #[arg(long, value_name = "CR")]
    exclude_above: Option<f64>,

    /// Take a share of the weights from the scores: entropy=0.3, critic=0.3 or sd=0.3
    #[arg(long, value_name = "HOW=SHARE")]
    blend: Option<String>,
}

impl WeightOptions {
    /// The rules with these options in place; faults go to the log.
    pub(crate) fn over(&self, mut rules: WeightRules, log: &mut Diagnostics) -> WeightRules {
        if let Some(method) = word(&self.method, "--method", log) {
            rules.method = method;
        }
        if let Some(table) = word(&self.ri, "--ri", log) {
            rules.random_index = table;
        }
        if let Some(limit) = positive(self.consistency_limit, "--consistency-limit", 0.0, log) {
            rules.consistency_limit = limit;
        }
        if let Some(end) = positive(self.scale_max, "--scale-max", 1.0, log) {
            rules.scale_max = end;
        }
        if let Some(scale) = word(&self.scale, "--scale", log) {
            rules.scale = scale;
        }
        if rules.scale != JudgementScale::Linear && rules.scale_max != 9.0 {
            let message = format!(
                "the scale {} is defined from 1 to 9, not to {}",
                rules.scale, rules.scale_max
            );
            log.push(fault(message, "--scale").hint("only the linear scale can be longer"));
        }
        if let Some(aggregate) = word(&self.aggregate, "--aggregate", log) {
            rules.aggregate = aggregate;
        }
        if let Some(incomplete) = word(&self.incomplete, "--incomplete", log) {
            rules.incomplete = incomplete;
        }
        if let Some(limit) = positive(self.exclude_above, "--exclude-above", 0.0, log) {
            rules.exclude_above = Some(limit);
        }
        rules.blend = self.blend(log).or(rules.blend);
        rules
    }

    /// `entropy=0.3` as a blend.
    fn blend(&self, log: &mut Diagnostics) -> Option<Blend> {
        let written = self.blend.as_deref()?;
        let (how, share) = written.split_once('=').unwrap_or((written, ""));
        let objective: Option<Objective> = word(&Some(how.trim().to_string()), "--blend", log);
        let share = share.trim().parse::<f64>().ok();
        match share.filter(|share| *share > 0.0 && *share <= 1.0) {
            Some(share) => Some(Blend { objective: objective?, share }),
            None => {
                let message = format!("`{written}` gives no share");
                let hint =
                    "a share above 0 and at most 1: entropy=0.3 leaves 0.7 to the judgements";
                log.push(fault(message, "--blend").hint(hint));
                None
            }
        }
    }
}

/// How clusters are found.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct ClusterOptions {
    /// Where k-means starts: spss (default), first, kmeans++ or cases=1,9,5,6
    #[arg(long, value_name = "START")]
    pub(crate) start: Option<String>,

    /// What is done to the variables first: none (default), z or min-max
    #[arg(long, value_name = "HOW")]
    pub(crate) standardise: Option<String>,

    /// The largest number of iterations, SPSS's MXITER (default 100; SPSS itself stops after 10)
    #[arg(long, value_name = "N")]
    pub(crate) max_iterations: Option<usize>,

    /// Stop when no centre moves by more than this share of the smallest distance between initial
    /// centres, SPSS's CONVERGE (default 0: until nothing moves)
    #[arg(long, value_name = "E")]
    pub(crate) converge: Option<f64>,

    /// The seed of everything random (default 1)
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u64>,
}

impl ClusterOptions {
    /// The start, where one is asked for.
    pub(crate) fn start(&self, log: &mut Diagnostics) -> Option<custval::cluster::Start> {
        use custval::cluster::Start;
        let written = self.start.as_deref()?;
        if let Some(cases) = written.strip_prefix("cases=") {
            let cases: Result<Vec<usize>, _> =
                cases.split(',').map(|case| case.trim().parse()).collect();
            return match cases {
                Ok(cases) => Some(Start::Cases(cases)),
                Err(_) => {
                    let message = format!("`{written}` names no cases");
                    let hint = "write the cases' numbers, counted from 1: cases=1,9,5,6";
                    log.push(fault(message, "--start").hint(hint));
                    None
                }
            };
        }
        word(&self.start, "--start", log).map(|start| match start {
            custval::model::Start::Spss => Start::Spss,
            custval::model::Start::First => Start::First,
            custval::model::Start::KmeansPlusPlus => Start::KmeansPlusPlus,
        })
    }

    /// How variables are standardised, where it is asked for.
    pub(crate) fn standardise(&self, log: &mut Diagnostics) -> Option<Standardise> {
        word(&self.standardise, "--standardise", log)
    }
}

/// What happens where a score is missing, where it is asked for by this option.
pub(crate) fn missing(
    option: &str,
    written: &Option<String>,
    log: &mut Diagnostics,
) -> Option<Missing> {
    word(written, option, log)
}

/// How several experts' scores become one, where it is asked for.
pub(crate) fn combine(written: &Option<String>, log: &mut Diagnostics) -> Option<Combine> {
    word(written, "--combine", log)
}

/// The choice that a word stands for, where one is written; a fault if it is none.
pub(crate) fn word<T: FromStr<Err = String>>(
    written: &Option<String>,
    option: &str,
    log: &mut Diagnostics,
) -> Option<T> {
    match written.as_deref().map(T::from_str)? {
        Ok(choice) => Some(choice),
        Err(expected) => {
            let message = format!("`{}` is not a choice", written.as_deref().unwrap_or_default());
            log.push(fault(message, option).hint(expected));
            None
        }
    }
}

fn positive(number: Option<f64>, option: &str, above: f64, log: &mut Diagnostics) -> Option<f64> {
    let number = number?;
    if number.is_finite() && number > above {
        return Some(number);
    }
    log.push(
        fault(format!("the value is {number}"), option).hint(format!("a number above {above}")),
    );
    None
}

/// A fault in an option.
pub(crate) fn fault(message: impl Into<String>, option: &str) -> Diagnostic {
    Diagnostic::error(Code::OptionInvalid, message).at(Place::option(option))
}

/// Opens the model and refuses if it is faulty.
pub(crate) fn open_model(name: &str, log: &mut Diagnostics) -> Result<Model, Error> {
    let model = Model::open(name, log);
    log.refuse_if_faulty()?;
    model.ok_or_else(|| Error::internal("the model has no fault, but cannot be built"))
}
