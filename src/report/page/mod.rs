//! The report as one HTML page that opens offline: no file beside it, no network.

mod document;
mod evaluation;
mod ledger;
mod sales;
mod warned;

use crate::Error;
use crate::evaluation::Evaluation;
use crate::report::finding;
use crate::report::tables::sales::concentration_sentence;
use crate::rfm::Analysis;
use document::{Document, SENTENCES, TERMS, WORDS, json};
use serde::Serialize;
use std::fmt;
use std::str::FromStr;

/// What the programs of all pages share.
const SHARED: &str = concat!(
    include_str!("js/base.js"),
    include_str!("js/table.js"),
    include_str!("js/figure.js"),
    include_str!("js/directory.js"),
    include_str!("js/card.js"),
    include_str!("js/provenance.js"),
    include_str!("js/shell.js"),
);

/// The program of an evaluation's page.
const OF_EVALUATION: &str = concat!(
    include_str!("js/evaluation/classes.js"),
    include_str!("js/evaluation/classing.js"),
    include_str!("js/evaluation/matrix.js"),
    include_str!("js/evaluation/profiles.js"),
    include_str!("js/evaluation/customers.js"),
    include_str!("js/evaluation/weights.js"),
    include_str!("js/evaluation/sure.js"),
    include_str!("js/evaluation/heading.js"),
    include_str!("js/evaluation/plan.js"),
    include_str!("js/evaluation/method.js"),
    include_str!("js/evaluation/main.js"),
);

/// The program of the page of an analysis of sales.
const OF_SALES: &str = concat!(
    include_str!("js/sales/segments.js"),
    include_str!("js/sales/customers.js"),
    include_str!("js/sales/spread.js"),
    include_str!("js/sales/scores.js"),
    include_str!("js/sales/calendar.js"),
    include_str!("js/sales/goods.js"),
    include_str!("js/sales/clusters.js"),
    include_str!("js/sales/lists.js"),
    include_str!("js/sales/method.js"),
    include_str!("js/sales/main.js"),
);

/// The language in which the page is first shown; the reader can change it there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Chinese, in simplified characters.
    Zh,
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Language::En => "en",
            Language::Zh => "zh",
        })
    }
}

impl FromStr for Language {
    type Err = String;

    fn from_str(word: &str) -> Result<Language, String> {
        match word {
            "en" => Ok(Language::En),
            "zh" => Ok(Language::Zh),
            _ => Err("expected one of en, zh".to_string()),
        }
    }
}

/// The page of an evaluation. The same evaluation gives the same bytes.
///
/// # Errors
/// [`Error::Failure`] where the figures cannot be written as JSON, which would be a defect of ours.
pub fn page(evaluation: &Evaluation, language: Language) -> Result<String, Error> {
    let document = Document {
        language,
        made_by: &evaluation.made_by,
        title: &evaluation.model.title,
        finding: &finding(evaluation),
        blocks: blocks(evaluation, language)?,
        program: [SHARED, OF_EVALUATION].concat(),
    };
    Ok(document.html())
}

/// The page of an analysis of sales. The same analysis gives the same bytes.
///
/// # Errors
/// [`Error::Failure`] where the figures cannot be written as JSON, which would be a defect of ours.
pub fn sales_page(analysis: &Analysis, language: Language) -> Result<String, Error> {
    let document = Document {
        language,
        made_by: &analysis.made_by,
        title: &analysis.model.title,
        finding: &concentration_sentence(analysis),
        blocks: sales_blocks(analysis, language)?,
        program: [SHARED, OF_SALES].concat(),
    };
    Ok(document.html())
}

/// What a program reads, as JSON under the names by which it does so.
type Blocks = Vec<(&'static str, String)>;

fn blocks(evaluation: &Evaluation, language: Language) -> Result<Blocks, Error> {
    let (data, scores) = evaluation::Data::of(evaluation, language);
    Ok(with_words(json(&data)?, json(&scores)?))
}

fn sales_blocks(analysis: &Analysis, language: Language) -> Result<Blocks, Error> {
    let (data, figures) = sales::Data::of(analysis, language);
    Ok(with_words(json(&data)?, json(&figures)?))
}

fn with_words(data: String, scores: String) -> Blocks {
    let own = |text: &str| text.trim_end().to_string();
    vec![
        ("data", data),
        ("scores", scores),
        ("words", own(WORDS)),
        ("terms", own(TERMS)),
        ("sentences", own(SENTENCES)),
    ]
}

/// What draws a page's figures without a browser: scripts in the order in which they run.
#[cfg(feature = "figures")]
pub(super) struct Drawing {
    pub(super) blocks: Blocks,
    pub(super) style: &'static str,
    pub(super) scripts: Vec<&'static str>,
}

#[cfg(feature = "figures")]
impl Drawing {
    pub(super) fn of_evaluation(
        evaluation: &Evaluation,
        language: Language,
    ) -> Result<Drawing, Error> {
        Ok(Drawing::by(blocks(evaluation, language)?, OF_EVALUATION))
    }

    pub(super) fn of_sales(analysis: &Analysis, language: Language) -> Result<Drawing, Error> {
        Ok(Drawing::by(sales_blocks(analysis, language)?, OF_SALES))
    }

    fn by(blocks: Blocks, program: &'static str) -> Drawing {
        let (still, drawing) = (include_str!("js/still.js"), include_str!("js/drawing.js"));
        // There is nobody to show the sections to.
        let unshown = "custval.show = () => {};";
        let scripts = vec![still, document::ECHARTS, SHARED, unshown, program, drawing];
        Drawing { blocks, style: document::STYLE, scripts }
    }
}

#[cfg(test)]
mod tests;
