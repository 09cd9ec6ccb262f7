//! Which figures are scored: RFM and its variants, as data.

use super::{Direction, Lloyd, Method};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, nearest};
use crate::model::gather::{Text, gather};
use crate::text::list;
use crate::transactions::Metric;
use serde::{Deserialize, Serialize};
use toml::Spanned;

/// A figure that is scored.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dimension {
    /// Its letter, such as R.
    pub letter: String,
    /// Its name.
    pub name: String,
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
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RfmModel {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Where it comes from.
    pub reference: String,
    /// Its figures, in order.
    pub dimensions: Vec<Dimension>,
    /// The segment map: the name of a built-in one, or a file.
    pub map: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Draft {
    #[serde(rename = "kind")]
    _kind: String,
    name: String,
    title: Option<String>,
    reference: Option<String>,
    #[serde(default = "five")]
    levels: u32,
    map: Option<String>,
    #[serde(default)]
    dimension: Vec<DraftDimension>,
}

fn five() -> u32 {
    5
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DraftDimension {
    letter: Spanned<String>,
    name: String,
    metric: Spanned<String>,
    #[serde(default)]
    direction: crate::model::Direction,
    method: Option<Spanned<String>>,
    cuts: Option<Vec<f64>>,
    levels: Option<u32>,
    #[serde(default = "one")]
    weight: Spanned<f64>,
}

fn one() -> Spanned<f64> {
    Spanned::new(0..0, 1.0)
}

/// The models that are built in.
const BUILTIN: [(&str, &str); 4] = [
    ("rfm", include_str!("../../models/rfm/rfm.toml")),
    ("lrfm", include_str!("../../models/rfm/lrfm.toml")),
    ("lrfmp", include_str!("../../models/rfm/lrfmp.toml")),
    ("rfe", include_str!("../../models/rfm/rfe.toml")),
];

/// A method by its name on the command line and in models.
pub fn method(name: &str) -> Option<Method> {
    match name {
        "quantile" => Some(Method::Quantile),
        "rank" => Some(Method::Rank),
        "quantile-plus-one" => Some(Method::QuantilePlusOne),
        "mean" => Some(Method::Mean),
        "kmeans" => Some(Method::Kmeans),
        "lloyd" => Some(Method::Lloyd(Lloyd::default())),
        _ => None,
    }
}

impl RfmModel {
    /// The names of the models that are built in.
    pub fn builtin() -> Vec<&'static str> {
        BUILTIN.iter().map(|(name, _)| *name).collect()
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

    /// A model from its TOML text; `file` names it in faults, which go to the log.
    pub fn parse(text: &str, file: &str, log: &mut Diagnostics) -> Option<RfmModel> {
        let source = Text::new(file, text);
        let draft: Draft = gather(&source, log)?;
        let mut own = Diagnostics::new();
        let mut fault = |span: std::ops::Range<usize>, key: &str, message: String, hint: String| {
            let place = source.place(&span, Some(key));
            own.push(Diagnostic::error(Code::RfmModel, message).at(place).hint(hint));
        };
        let mut dimensions: Vec<Dimension> = Vec::new();
        for one in &draft.dimension {
            let letter = one.letter.get_ref();
            if letter.len() != 1 || !letter.chars().all(|c| c.is_ascii_uppercase()) {
                let message = format!("“{letter}” is no letter");
                fault(one.letter.span(), "letter", message, "one capital letter, such as R".into());
            }
            if dimensions.iter().any(|known| &known.letter == letter) {
                let message = format!("the letter {letter} stands for two figures");
                fault(one.letter.span(), "letter", message, "one letter a figure".into());
            }
            let names = Metric::ALL.map(Metric::name);
            let metric = Metric::parse(one.metric.get_ref()).unwrap_or_else(|| {
                let near = nearest(one.metric.get_ref(), names);
                let near = near.map_or(String::new(), |near| format!("did you mean {near}? "));
                let message = format!("there is no metric “{}”", one.metric.get_ref());
                fault(
                    one.metric.span(),
                    "metric",
                    message,
                    format!("{near}Metrics: {}", list(&names)),
                );
                Metric::Monetary
            });
            let method = match (&one.method, &one.cuts) {
                (None, Some(cuts)) => Method::Cuts(cuts.clone()),
                (None, None) => Method::Quantile,
                (Some(name), _) => method(name.get_ref()).unwrap_or_else(|| {
                    let message = format!("there is no method “{}”", name.get_ref());
                    let hint = "quantile, rank, mean, kmeans, quantile-plus-one, or cuts = [ … ]";
                    fault(name.span(), "method", message, hint.into());
                    Method::Quantile
                }),
            };
            let weight = *one.weight.get_ref();
            if !(weight.is_finite() && weight >= 0.0) {
                let message = format!("a weight of {weight}");
                fault(one.weight.span(), "weight", message, "0 or more".into());
            }
            dimensions.push(Dimension {
                letter: letter.clone(),
                name: one.name.clone(),
                metric,
                direction: match one.direction {
                    crate::model::Direction::Benefit => Direction::MoreIsBetter,
                    crate::model::Direction::Cost => Direction::LessIsBetter,
                },
                method,
                levels: one.levels.unwrap_or(draft.levels).clamp(2, 20),
                weight,
            });
        }
        if dimensions.is_empty() {
            fault(0..0, "dimension", "the model scores nothing".into(), "add [[dimension]]".into());
        }
        let is_sound = !own.is_faulty();
        log.extend(own);
        is_sound.then(|| RfmModel {
            title: draft.title.unwrap_or_else(|| draft.name.clone()),
            name: draft.name,
            reference: draft.reference.unwrap_or_default(),
            dimensions,
            map: draft.map,
        })
    }
}
