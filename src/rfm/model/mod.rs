//! Which figures are scored: RFM and its variants, as data.

mod check;
mod draft;

use super::score::{Direction, Lloyd, Method};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::model::gather::{Text, gather};
use crate::model::kind;
use crate::text::list;
use crate::transactions::{Metric, Role};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a model's key `kind` says.
const KIND: &str = "rfm";

/// The fewest and the most levels of a score.
pub(super) const LEVELS: std::ops::RangeInclusive<u32> = 2..=20;

/// A figure that is scored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dimension {
    /// Its letter, such as R.
    pub letter: String,
    /// Its name.
    pub name: String,
    /// What it means in this model.
    pub meaning: String,
    /// The metric.
    pub metric: Metric,
    /// Which end is good.
    pub direction: Direction,
    /// How it is scored.
    pub method: Method,
    /// How many levels it has.
    pub levels: u32,
    /// Its weight in the weighted score.
    pub weight: f64,
}

/// RFM or one of its variants.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RfmModel {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Where it comes from.
    pub reference: String,
    /// Its figures, in order.
    pub dimensions: Vec<Dimension>,
    /// Where the weights come from, if not from the model.
    pub weights_from: Option<String>,
    /// The segment map: the name of a built-in one, or a file.
    pub map: Option<String>,
    /// The headers of the columns that have these roles; other roles are guessed from common headers.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<Role, String>,
}

/// The models that are built in.
const BUILTIN: [(&str, &str); 4] = [
    ("rfm", include_str!("../../../models/rfm/rfm.toml")),
    ("lrfm", include_str!("../../../models/rfm/lrfm.toml")),
    ("lrfmp", include_str!("../../../models/rfm/lrfmp.toml")),
    ("rfe", include_str!("../../../models/rfm/rfe.toml")),
];

/// The methods by their names on the command line and in models; own cut points have none.
pub(super) const METHODS: [&str; 6] =
    ["quantile", "rank", "mean", "kmeans", "lloyd", "quantile-plus-one"];

/// A method by its name on the command line and in models.
///
/// ```
/// use custval::rfm::{Method, method};
///
/// assert_eq!(method("rank"), Some(Method::Rank));
/// assert_eq!(method("ranks"), None);
/// ```
pub fn method(name: &str) -> Option<Method> {
    match name {
        "quantile" => Some(Method::Quantile),
        "rank" => Some(Method::Rank),
        "mean" => Some(Method::Mean),
        "kmeans" => Some(Method::Kmeans),
        "lloyd" => Some(Method::Lloyd(Lloyd::default())),
        "quantile-plus-one" => Some(Method::QuantilePlusOne),
        _ => None,
    }
}

impl RfmModel {
    /// The names of the models that are built in.
    pub fn builtin() -> Vec<&'static str> {
        BUILTIN.iter().map(|(name, _)| *name).collect()
    }

    /// Whether a text is such a model: it says `kind = "rfm"`.
    pub fn is_one(text: &str) -> bool {
        kind(text).as_deref() == Some(KIND)
    }

    /// A built-in model by its name, or one from a file. Faults go to the log.
    ///
    /// ```
    /// use custval::diagnostic::Diagnostics;
    /// use custval::rfm::RfmModel;
    ///
    /// let model = RfmModel::open("lrfm", &mut Diagnostics::new()).unwrap();
    /// assert_eq!(model.dimensions[0].letter, "L");
    /// ```
    pub fn open(name: &str, log: &mut Diagnostics) -> Option<RfmModel> {
        let path = std::path::Path::new(name);
        if !path.is_file()
            && let Some((_, text)) = BUILTIN.iter().find(|(known, _)| *known == name)
        {
            return RfmModel::parse(text, &format!("{name} (built in)"), log);
        }
        match std::fs::read_to_string(path) {
            Ok(text) => RfmModel::parse(&text, name, log),
            Err(error) => {
                let fault =
                    Diagnostic::error(Code::FileUnreadable, format!("cannot read: {error}"))
                        .at(Place::file(name))
                        .hint(format!(
                            "give a model file, or a built-in model: {}",
                            list(&RfmModel::builtin())
                        ));
                log.push(fault);
                None
            }
        }
    }

    /// A model from its TOML text; `file` names it in faults, which go to the log, all at once.
    ///
    /// ```
    /// use custval::diagnostic::Diagnostics;
    /// use custval::rfm::{Method, RfmModel};
    ///
    /// let text = r#"
    /// kind = "rfm"
    /// name = "visits"
    /// [[dimension]]
    /// letter = "R"
    /// name = "Recency"
    /// metric = "recency_days"
    /// direction = "cost"
    /// cuts = [30, 90, 365]
    /// "#;
    /// let model = RfmModel::parse(text, "visits.toml", &mut Diagnostics::new()).unwrap();
    /// assert_eq!(model.dimensions[0].method, Method::Cuts(vec![30.0, 90.0, 365.0]));
    /// assert_eq!(model.dimensions[0].levels, 4);
    ///
    /// let mut log = Diagnostics::new();
    /// let faulty = text.replace("30, 90", "90, 30").replace("recency_days", "recent_days");
    /// assert!(RfmModel::parse(&faulty, "visits.toml", &mut log).is_none());
    /// assert_eq!(log.len(), 2);
    /// assert!(log.text(false).contains("visits.toml:7"));
    /// ```
    pub fn parse(text: &str, file: &str, log: &mut Diagnostics) -> Option<RfmModel> {
        let source = Text::new(file, text);
        let mut own = Diagnostics::new();
        let draft = gather(&source, &mut own);
        let model = draft.map(|draft| check::check(draft, &source, &mut own));
        let is_sound = !own.is_faulty();
        log.extend(own);
        model.filter(|_| is_sound)
    }
}
