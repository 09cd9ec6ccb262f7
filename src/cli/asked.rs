//! What is to be evaluated: the model, the files, the sales, and the options that go before the model's.

use super::options::{ClusterOptions, WeightOptions, combine, fault, missing, open_model};
use super::sales_options::SalesOptions;
use super::{Format, progress};
use custval::Error;
use custval::cluster::Start as ClusterStart;
use custval::diagnostic::Diagnostics;
use custval::model::{BUILTIN, Model, Start};
use custval::survey::{Survey, Wanted};
use custval::transactions::Purchases;
use std::path::{Path, PathBuf};

/// What is to be evaluated.
#[derive(clap::Args)]
pub(super) struct Asked {
    /// The model, a file or the name of a built-in model (sme, sme-hybrid, retail-loyalty); then the
    /// experts' workbooks, or CSV tables
    #[arg(value_name = "MODEL FILES")]
    inputs: Vec<String>,

    /// Lines of sales, for a model with indicators of the source "transactions": a file, folder or pattern;
    /// may be given several times
    #[arg(long, value_name = "FILE")]
    pub(super) transactions: Vec<String>,

    /// The folder for the results; nothing is written without it
    #[arg(long, short, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,

    /// Write over files that are there already
    #[arg(long)]
    pub(super) force: bool,

    /// The number of clusters
    #[arg(long, short, value_name = "K")]
    k: Option<usize>,

    /// Where nobody scored a customer: refuse, neutral, indicator-mean, reweigh or leave-out
    #[arg(long, value_name = "RULE")]
    missing: Option<String>,

    /// Customers whom only the scores or only the sales know: refuse, neutral, indicator-mean, reweigh or
    /// leave-out
    #[arg(long, value_name = "RULE")]
    unmatched: Option<String>,

    /// How several experts' scores become one: mean (default), median or trimmed-mean
    #[arg(long, value_name = "RULE")]
    combine: Option<String>,

    #[command(flatten)]
    weights: WeightOptions,

    #[command(flatten)]
    clusters: ClusterOptions,

    /// What to print
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,

    #[command(flatten)]
    pub(super) sales: SalesOptions,
}

impl Asked {
    /// The model's name, where the first of the inputs is one, and the files.
    fn split(&self) -> (Option<&str>, &[String]) {
        match self.inputs.split_first() {
            Some((first, rest)) if is_model(first) => (Some(first), rest),
            _ => (None, &self.inputs),
        }
    }

    /// The files behind the model.
    pub(super) fn files(&self) -> &[String] {
        self.split().1
    }

    /// The model with the options of the command line.
    pub(super) fn model(&self, log: &mut Diagnostics) -> Result<Model, Error> {
        let (name, files) = match self.inputs.split_first() {
            Some((name, files)) => (name.as_str(), files),
            None => ("", [].as_slice()),
        };
        if name.is_empty() || (files.is_empty() && self.transactions.is_empty()) {
            self.refuse_no_files(log)?;
        }
        let mut model = open_model(name, log)?;
        self.set_options(&mut model, log);
        log.refuse_if_faulty()?;
        Ok(model)
    }

    /// The model, where one is named.
    pub(super) fn model_if_named(&self, log: &mut Diagnostics) -> Result<Option<Model>, Error> {
        self.split().0.map(|name| open_model(name, log)).transpose()
    }

    /// Refuses where no file with customers is named, and no sales either.
    pub(super) fn refuse_no_files(&self, log: &mut Diagnostics) -> Result<(), Error> {
        if self.files().is_empty() && self.transactions.is_empty() {
            let message = "no file with customers is named";
            let hint = "name the workbook or the tables behind the model, or lines of sales by \
                        `--transactions`";
            log.push(fault(message, "FILES").hint(hint));
        }
        log.refuse_if_faulty()
    }

    /// What the experts' files hold, and what the sales show.
    pub(super) fn sources(
        &self,
        model: &Model,
        log: &mut Diagnostics,
    ) -> Result<(Survey, Option<Purchases>), Error> {
        let purchases = self.sales.purchases(&self.transactions, &model.columns, log)?;
        Ok((self.survey(model, log), purchases))
    }

    /// What the experts' files hold.
    pub(super) fn survey(&self, model: &Model, log: &mut Diagnostics) -> Survey {
        progress("reading the files");
        Survey::open(self.files(), Wanted::Everything(model), log)
    }

    /// Options of the command line go before those of the model, and are kept with the results.
    pub(super) fn set_options(&self, model: &mut Model, log: &mut Diagnostics) {
        model.weights = self.weights.over(model.weights, log);
        model.missing = missing("--missing", &self.missing, log).unwrap_or(model.missing);
        model.unmatched = missing("--unmatched", &self.unmatched, log).unwrap_or(model.unmatched);
        model.combine = combine(&self.combine, log).unwrap_or(model.combine);
        let rules = &mut model.clusters;
        rules.k = self.k.unwrap_or(rules.k);
        rules.max_iterations = self.clusters.max_iterations.unwrap_or(rules.max_iterations);
        rules.converge = self.clusters.converge.unwrap_or(rules.converge);
        rules.seed = self.clusters.seed.unwrap_or(rules.seed);
        rules.standardise = self.clusters.standardise(log).unwrap_or(rules.standardise);
        if let Some(start) = self.clusters.start(log) {
            rules.start_cases.clear();
            match start {
                ClusterStart::Spss => rules.start = Start::Spss,
                ClusterStart::First => rules.start = Start::First,
                ClusterStart::KmeansPlusPlus => rules.start = Start::KmeansPlusPlus,
                ClusterStart::Cases(cases) => rules.start_cases = cases,
                // No option asks for it.
                ClusterStart::Saved => {}
            }
        }
    }
}

/// Whether a name is that of a model: a TOML file, or a built-in one.
fn is_model(name: &str) -> bool {
    let is_toml = Path::new(name).extension().is_some_and(|e| e.eq_ignore_ascii_case("toml"));
    is_toml || BUILTIN.iter().any(|builtin| builtin.name == name && !Path::new(name).is_file())
}
